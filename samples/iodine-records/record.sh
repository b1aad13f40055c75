#!/usr/bin/env bash
# One file fetched through iodine by each type of record and each coding that it knows.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/iodine.sh"

tunnel_server
record left0 "udp port 53"
through -r -m 1000 -T PRIVATE
through -r -m 300 -T TXT -O base64 -L0
through -r -m 200 -T SRV -O base64u
through -r -m 200 -T MX -O base128
through -r -m 120 -T CNAME -M 150
through -r -m 120 -T A
recorded
fresh
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"@only":{"kind":"conn","service":"http"}}'
for _ in 1 2 3 4 5 6; do
    expect_row '{"kind":"conn","service":"http","id.resp_h":"10.53.0.1","id.resp_p":8000,"tunnel":"iodine t.test"}'
    expect_row "{\"kind\":\"http\",\"uri\":\"/inside.txt\",\"status_code\":200,\"response_body_len\":$(stat -c %s "$WORK/www/inside.txt")}"
done
