#!/usr/bin/env bash
# One file fetched through iodine twice: in datagrams without DNS, and with fragments in NULL records.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/iodine.sh"

tunnel_server
record left0 "udp port 53"
through
through -r -T NULL -m 120
recorded
fresh
expect_row '{"@only":{"kind":"message","type":"proxy","subtype":"tunnel_opened"}}'
expect_row '{"kind":"message","family":"iodine","conversation":"t.test","subtype":"tunnel_opened","layers":["udp","dns","iodine"]}'
expect_row '{"kind":"message","family":"iodine","conversation":"t.test","subtype":"tunnel_opened","layers":["udp","dns","iodine"]}'
expect_row "{\"kind\":\"message\",\"family\":\"iodine\",\"conversation\":\"raw $SERVER4 user 0\",\"subtype\":\"tunnel_opened\",\"layers\":[\"udp\",\"iodine\"]}"
for tunnel in "iodine raw $SERVER4 user 0" "iodine t.test"; do
    expect_row "{\"@only\":{\"kind\":\"conn\",\"service\":\"http\"}}"
    expect_row "{\"kind\":\"conn\",\"service\":\"http\",\"id.resp_h\":\"10.53.0.1\",\"id.resp_p\":8000,\"tunnel\":\"$tunnel\"}"
done
for _ in 1 2; do
    expect_row "{\"kind\":\"http\",\"uri\":\"/inside.txt\",\"status_code\":200,\"response_body_len\":$(stat -c %s "$WORK/www/inside.txt")}"
done
