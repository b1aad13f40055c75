#!/usr/bin/env bash
# curl against nginx over TLS 1.2 with RSA key transport (AES128-SHA256): server.key, made for this sample, opens it.
. "$(dirname "$0")/../record/netns.sh"

certify server secret.test
web "server { listen $SERVER4:443 ssl; server_name secret.test; root $WORK/www; ssl_session_tickets off; ssl_session_cache off;
  ssl_certificate $WORK/server.crt; ssl_certificate_key $WORK/server.key; ssl_protocols TLSv1.2; ssl_ciphers AES128-SHA256; }"
await listening 443
echo "what TLS hid" >"$WORK/www/hidden.txt"
record left0 "tcp port 443"
client curl -s -A "curl (sample)" --cacert "$WORK/server.crt" --tls-max 1.2 --ciphers AES128-SHA256 --no-alpn \
    --resolve "secret.test:443:$SERVER4" -o /dev/null https://secret.test/hidden.txt
recorded
cp "$WORK/server.key" "$WORK/server.crt" "$SAMPLE/"
fresh
expect ssl conn --service 443=ssl,http --set 'conn.conn_state="SF"' --set 'ssl.secret="server.key"' --set 'ssl.subject="CN=secret.test,O=Hark samples"' \
    --set 'ssl.issuer="CN=secret.test,O=Hark samples"' --set "ssl.cert_chain_fps=[$(fingerprint server)]"
expect_certificate server secret.test
expect_row "{\"kind\":\"http\",\"id.resp_p\":443,\"method\":\"GET\",\"host\":\"secret.test\",\"uri\":\"/hidden.txt\",\"version\":\"1.1\",\"status_code\":200,\"response_body_len\":13}"
expect_file HTTP "$WORK/www/hidden.txt"
