#!/usr/bin/env bash
# curl against nginx over TLS 1.3; certificates are not visible without the secrets in keys.log.
. "$(dirname "$0")/../record/netns.sh"

certify server modern.test
web "server { listen $SERVER4:443 ssl; server_name modern.test; root $WORK/www; ssl_session_tickets off; ssl_session_cache off;
  ssl_certificate $WORK/server.crt; ssl_certificate_key $WORK/server.key; ssl_protocols TLSv1.3; }"
await listening 443
echo "what TLS 1.3 hid" >"$WORK/www/hidden.txt"
record left0 "tcp port 443"
SSLKEYLOGFILE="$WORK/keys.log" client curl -s -A "curl (sample)" --http1.1 --cacert "$WORK/server.crt" --resolve "modern.test:443:$SERVER4" \
    -o /dev/null https://modern.test/hidden.txt
recorded
grep -v '^#' "$WORK/keys.log" >"$SAMPLE/keys.log"
fresh
expect ssl conn --service 443=ssl,http --set 'conn.conn_state="SF"' --set 'ssl.secret="keys.log"'
expect_row "{\"kind\":\"http\",\"id.resp_p\":443,\"method\":\"GET\",\"host\":\"modern.test\",\"uri\":\"/hidden.txt\",\"version\":\"1.1\",\"status_code\":200,\"response_body_len\":17}"
expect_file HTTP "$WORK/www/hidden.txt"
