#!/usr/bin/env bash
# ngtcp2's client and server (GnuTLS): HTTP/3 over QUIC 1.
. "$(dirname "$0")/../record/netns.sh"

certify server quic.test
mkdir "$WORK/www"
echo "over QUIC" >"$WORK/www/index.html"
background "$SERVER" gtlsserver -q -d "$WORK/www" "$SERVER4" 443 "$WORK/server.key" "$WORK/server.crt" >/dev/null 2>&1
await listening_udp 443
record left0 "udp port 443"
SSLKEYLOGFILE="$WORK/keys.log" client timeout 3 gtlsclient -q --exit-on-all-streams-close "$SERVER4" 443 https://quic.test/index.html >/dev/null 2>&1 || true
recorded
fresh
of() { tshark -n -r "$SAMPLE/capture.pcap" -Y "$1" -T fields -E occurrence=f -e "$2" 2>/dev/null | head -1 | tr -d :; }
first="quic.long.packet_type==0 && udp.dstport==443"
answer="quic.long.packet_type==0 && udp.srcport==443"
port=$(of "$first" udp.srcport)
ends="\"id.orig_h\":\"$CLIENT4\",\"id.orig_p\":$port,\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":443"
expect_row "{\"kind\":\"quic\",$ends,\"version\":\"1\",\"client_initial_dcid\":\"$(of "$first" quic.dcid)\",\"client_scid\":\"$(of "$first" quic.scid)\",\"server_scid\":\"$(of "$answer" quic.scid)\",\"server_name\":\"$(of "$first" tls.handshake.extensions_server_name)\",\"client_protocol\":\"$(of "$first" tls.handshake.extensions_alpn_str)\",\"ja3\":\"$(of "$first" tls.handshake.ja3)\"}"
expect_row "{\"kind\":\"ssl\",$ends,\"version\":\"TLSv13\",\"server_name\":\"$(of "$first" tls.handshake.extensions_server_name)\",\"ja3s\":\"$(of "$answer" tls.handshake.ja3s)\",\"ssl_history\":\"Cs\"}"
