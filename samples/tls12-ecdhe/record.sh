#!/usr/bin/env bash
# curl against nginx over TLS 1.2 with ECDHE: two requests on one connection; ALPN chooses http/1.1. keys.log opens it.
. "$(dirname "$0")/../record/netns.sh"

certify server forward.test
web "server { listen $SERVER4:443 ssl; server_name forward.test; root $WORK/www; ssl_session_tickets off; ssl_session_cache off;
  ssl_certificate $WORK/server.crt; ssl_certificate_key $WORK/server.key; ssl_protocols TLSv1.2;
  ssl_ciphers ECDHE-RSA-AES128-GCM-SHA256; }"
await listening 443
echo "first" >"$WORK/www/1.txt"
echo "second" >"$WORK/www/2.txt"
record left0 "tcp port 443"
SSLKEYLOGFILE="$WORK/keys.log" client curl -s -A "curl (sample)" --http1.1 --cacert "$WORK/server.crt" --resolve "forward.test:443:$SERVER4" \
    -o /dev/null https://forward.test/1.txt -o /dev/null https://forward.test/2.txt
recorded
grep -v '^#' "$WORK/keys.log" >"$SAMPLE/keys.log"
fresh
expect ssl conn --service 443=ssl,http --set 'conn.conn_state="SF"' --set 'ssl.secret="keys.log"' --set 'ssl.subject="CN=forward.test,O=Hark samples"' \
    --set 'ssl.next_protocol="http/1.1"' --set "ssl.cert_chain_fps=[$(fingerprint server)]"
expect_certificate server forward.test
expect_row "{\"kind\":\"http\",\"id.resp_p\":443,\"method\":\"GET\",\"host\":\"forward.test\",\"uri\":\"/1.txt\",\"version\":\"1.1\",\"status_code\":200,\"response_body_len\":6}"
expect_file HTTP "$WORK/www/1.txt"
expect_row "{\"kind\":\"http\",\"id.resp_p\":443,\"method\":\"GET\",\"host\":\"forward.test\",\"uri\":\"/2.txt\",\"version\":\"1.1\",\"status_code\":200,\"response_body_len\":7}"
expect_file HTTP "$WORK/www/2.txt"
