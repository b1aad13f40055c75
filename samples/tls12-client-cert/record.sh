#!/usr/bin/env bash
# curl shows its own certificate to nginx over TLS 1.2. keys.log opens it.
. "$(dirname "$0")/../record/netns.sh"

certify server mutual.test
certify visitor visitor.test
web "server { listen $SERVER4:8443 ssl; server_name mutual.test; root $WORK/www; ssl_session_tickets off; ssl_session_cache off;
  ssl_certificate $WORK/server.crt; ssl_certificate_key $WORK/server.key; ssl_protocols TLSv1.2;
  ssl_ciphers ECDHE-RSA-AES256-GCM-SHA384; ssl_verify_client on; ssl_client_certificate $WORK/visitor.crt; }"
await listening 8443
echo "for visitors only" >"$WORK/www/hidden.txt"
record left0 "tcp port 8443"
SSLKEYLOGFILE="$WORK/keys.log" client curl -s -A "curl (sample)" --http1.1 --cacert "$WORK/server.crt" --cert "$WORK/visitor.crt" --key "$WORK/visitor.key" \
    --resolve "mutual.test:8443:$SERVER4" -o /dev/null https://mutual.test:8443/hidden.txt
recorded
grep -v '^#' "$WORK/keys.log" >"$SAMPLE/keys.log"
fresh
expect ssl conn --service 8443=ssl,http --set 'conn.conn_state="SF"' --set 'ssl.secret="keys.log"' --set 'ssl.subject="CN=mutual.test,O=Hark samples"' \
    --set 'ssl.client_subject="CN=visitor.test,O=Hark samples"' --set 'ssl.client_issuer="CN=visitor.test,O=Hark samples"' \
    --set "ssl.cert_chain_fps=[$(fingerprint server)]" --set "ssl.client_cert_chain_fps=[$(fingerprint visitor)]"
expect_certificate server mutual.test
expect_certificate visitor visitor.test
expect_row "{\"kind\":\"http\",\"id.resp_p\":8443,\"method\":\"GET\",\"host\":\"mutual.test:8443\",\"uri\":\"/hidden.txt\",\"version\":\"1.1\",\"status_code\":200,\"response_body_len\":18}"
expect_file HTTP "$WORK/www/hidden.txt"
