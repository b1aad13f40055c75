#!/usr/bin/env bash
# curl through microsocks: SOCKS 5 with a user and a password, to a web server by name and by address.
. "$(dirname "$0")/../record/netns.sh"

web "server { listen $SERVER4:80; server_name inner.test; root $WORK/www; }"
await listening 80
echo "inside" >"$WORK/www/inside.txt"
echo "$SERVER4 inner.test" >"$WORK/hosts"
background "$SERVER" unshare -m sh -c "mount --bind '$WORK/hosts' /etc/hosts && exec microsocks -i $SERVER4 -p 1080 -u ada -P not-a-secret" 2>/dev/null
await listening 1080
record left0 "tcp port 1080"
client curl -s -A "curl (sample)" --proxy "socks5h://ada:not-a-secret@$SERVER4:1080" -o /dev/null http://inner.test/inside.txt
client curl -s -A "curl (sample)" --proxy "socks5://ada:wrong@$SERVER4:1080" -o /dev/null "http://$SERVER4/inside.txt" || true
recorded
fresh
expect_row '{"kind":"socks","id.resp_p":1080,"version":5,"user":"ada","password":"<hidden>","status":"succeeded","request.name":"inner.test","request_p":80}'
expect_row '{"kind":"http","id.resp_p":1080,"method":"GET","host":"inner.test","uri":"/inside.txt","status_code":200,"response_body_len":7}'
