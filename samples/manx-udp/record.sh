#!/usr/bin/env bash
# Synthetic: talk.py plays Caldera's Manx and its server over UDP: three beacons, each answered on another flow.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" python3 "$SAMPLE/talk.py" server "$SERVER4"
await listening_udp 7011
record left0 "udp"
client python3 "$SAMPLE/talk.py" implant "$CLIENT4" "$SERVER4"
recorded
fresh
expect conn
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"@only":{"kind":"message","side":"operator"}}'
for _ in 1 2 3; do
    expect_row '{"kind":"message","family":"manx","side":"operator","text":"roger"}'
done
