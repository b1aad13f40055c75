#!/usr/bin/env bash
# One file fetched through GNU httptunnel, in bodies so short that the tunnel has to go on in further ones.
. "$(dirname "$0")/../record/netns.sh"

mkdir -p "$WORK/www"
seq -s ' ' 1 2500 >"$WORK/www/inside.txt"
background "$SERVER" python3 -u -m http.server 8000 --bind 127.0.0.1 --directory "$WORK/www" >"$WORK/www.log" 2>&1
background "$SERVER" hts -S -w -c 8192 -F 127.0.0.1:8000 8888
await listening 8000
await listening 8888
record left0 "tcp port 8888"
background "$CLIENT" htc -w -c 8192 -F 9200 "$SERVER4:8888"
await client ss -Hltn "sport = :9200"
client curl -s -m 20 -A "curl (sample)" -o "$WORK/got.txt" http://127.0.0.1:9200/inside.txt
cmp "$WORK/got.txt" "$WORK/www/inside.txt"
recorded
fresh
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"httptunnel","verified":true,"side":"implant","type":"proxy","subtype":"tunnel_opened"}'
expect_row '{"kind":"message","family":"httptunnel","type":"proxy","subtype":"tunnel_closed"}'
expect_row "{\"kind\":\"http\",\"uri\":\"/inside.txt\",\"status_code\":200,\"response_body_len\":$(stat -c %s "$WORK/www/inside.txt")}"
expect_row '{"kind":"http","method":"POST","request_body_len":98}'
for _ in 1 2; do expect_row '{"kind":"http","method":"GET","response_body_len":8192,"status_code":200}'; done
