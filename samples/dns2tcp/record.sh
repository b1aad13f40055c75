#!/usr/bin/env bash
# One file fetched through dns2tcp in TXT records and once more in KEY records, after asking what there is.
. "$(dirname "$0")/../record/netns.sh"

mkdir -p "$WORK/www" "$WORK/root"
seq -s ' ' 1 300 >"$WORK/www/inside.txt"
background "$SERVER" python3 -u -m http.server 8000 --bind 127.0.0.1 --directory "$WORK/www" >"$WORK/www.log" 2>&1
cat >"$WORK/dns2tcpd.conf" <<CONF
listen = $SERVER4
port = 53
user = nobody
chroot = $WORK/root
domain = d.test
key = hark-sample
resources = web:127.0.0.1:8000
CONF
background "$SERVER" dns2tcpd -F -d 1 -f "$WORK/dns2tcpd.conf" >"$WORK/dns2tcpd.log" 2>&1
await listening_udp 53
await listening 8000
record left0 "udp port 53"
client dns2tcpc -z d.test -k hark-sample -T TXT "$SERVER4" >"$WORK/list.log" 2>&1 || true
for type in TXT KEY; do
    ip netns exec "$CLIENT" dns2tcpc -z d.test -k hark-sample -r web -l 9000 -T "$type" "$SERVER4" >"$WORK/client.log" 2>&1 &
    pid=$!
    started+=("$pid")
    await client ss -Hltn "sport = :9000"
    client curl -s -m 20 -A "curl (sample)" -o "$WORK/got.txt" http://127.0.0.1:9000/inside.txt
    cmp "$WORK/got.txt" "$WORK/www/inside.txt"
    kill "$pid"
    wait "$pid" 2>/dev/null || true
done
recorded
fresh
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"@only":{"kind":"message","subtype":"tunnel_opened"}}'
expect_row '{"@only":{"kind":"conn","service":"http"}}'
for _ in TXT KEY; do
    expect_row '{"kind":"message","family":"dns2tcp","conversation":"d.test","side":"implant","type":"proxy","subtype":"tunnel_opened"}'
    expect_row '{"kind":"conn","service":"http","tunnel":"dns2tcp d.test (made up)"}'
    expect_row "{\"kind\":\"http\",\"uri\":\"/inside.txt\",\"status_code\":200,\"response_body_len\":$(stat -c %s "$WORK/www/inside.txt")}"
done
