#!/usr/bin/env bash
# curl against nginx over HTTP/2 in TLS 1.3: two requests at once. keys.log opens it.
. "$(dirname "$0")/../record/netns.sh"

certify server bundled.test
web "server { listen $SERVER4:443 ssl http2; server_name bundled.test; root $WORK/www; ssl_session_tickets off; ssl_session_cache off;
  ssl_certificate $WORK/server.crt; ssl_certificate_key $WORK/server.key; ssl_protocols TLSv1.3; }"
await listening 443
echo "first in a stream of its own" >"$WORK/www/1.txt"
echo "second, multiplexed" >"$WORK/www/2.txt"
record left0 "tcp port 443"
SSLKEYLOGFILE="$WORK/keys.log" client curl -s -A "curl (sample)" --http2 --cacert "$WORK/server.crt" --resolve "bundled.test:443:$SERVER4" \
    -Z -o /dev/null https://bundled.test/1.txt -o /dev/null https://bundled.test/2.txt
recorded
grep -v '^#' "$WORK/keys.log" >"$SAMPLE/keys.log"
fresh
expect ssl conn --service 443=ssl,http2 --set 'conn.conn_state="SF"' --set 'ssl.secret="keys.log"' \
    --set 'ssl.subject="CN=bundled.test,O=Hark samples"'
expect_certificate server bundled.test
for name in 1 2; do
    expect_row "{\"kind\":\"http\",\"id.resp_p\":443,\"method\":\"GET\",\"host\":\"bundled.test\",\"uri\":\"/$name.txt\",\"version\":\"2\",\"user_agent\":\"curl (sample)\",\"status_code\":200,\"request_body_len\":0,\"response_body_len\":$(stat -c %s "$WORK/www/$name.txt")}"
    expect_file HTTP "$WORK/www/$name.txt"
done
