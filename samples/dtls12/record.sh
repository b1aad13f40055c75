#!/usr/bin/env bash
# openssl s_client speaks DTLS 1.2 with openssl s_server.
. "$(dirname "$0")/../record/netns.sh"

certify server dtls.test
background "$SERVER" openssl s_server -dtls1_2 -accept "$SERVER4:4433" -cert "$WORK/server.crt" -key "$WORK/server.key" -quiet >/dev/null 2>&1 < <(sleep 30)
await listening_udp 4433
record left0 "udp port 4433"
(sleep 1; echo hello; sleep 0.5) | client openssl s_client -dtls1_2 -connect "$SERVER4:4433" -servername dtls.test -quiet >/dev/null 2>&1 || true
recorded
fresh
of() { tshark -n -r "$SAMPLE/capture.pcap" -d udp.port==4433,dtls -Y "$1" -T fields -E occurrence=f -e "$2" 2>/dev/null | head -1; }
suite=$(of "dtls.handshake.type==2" dtls.handshake.ciphersuite)
[ "$suite" = 0xc030 ] || { echo "the suite is $suite" >&2; exit 1; }
expect_row "{\"kind\":\"ssl\",\"id.orig_h\":\"$CLIENT4\",\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":4433,\"version\":\"DTLSv12\",\"cipher\":\"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\",\"server_name\":\"$(of "dtls.handshake.type==1" dtls.handshake.extensions_server_name)\",\"established\":true,\"ja3\":\"$(of "dtls.handshake.type==1" dtls.handshake.ja3)\",\"cert_chain_fps\":[$(fingerprint server)]}"
expect_certificate server dtls.test
