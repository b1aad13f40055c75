#!/usr/bin/env bash
# Synthetic: talk.py plays Caldera's Manx and its server over TCP, three commands and their answers.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" python3 "$SAMPLE/talk.py" server "$SERVER4"
await listening 7010
record left0 "tcp port 7010"
client python3 "$SAMPLE/talk.py" implant "$SERVER4"
recorded
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"@only":{"kind":"message","side":"operator","type":"shell"}}'
for command in "whoami" "mkdir -p staged" "ls"; do
    expect_row "{\"kind\":\"message\",\"family\":\"manx\",\"side\":\"operator\",\"type\":\"shell\",\"text\":\"$command\"}"
done
