#!/usr/bin/env bash
# flupke over kwik: HTTP/3 over QUIC 2, and over QUIC 2 where the client began with version 1. keys.log opens both.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/kwik.sh"

certify server two.test
openssl pkcs8 -topk8 -nocrypt -in "$WORK/server.key" -out "$WORK/server.p8"
mkdir "$WORK/www"
seq -f "line %g that came over QUIC 2" 60 >"$WORK/www/lines.txt"
background "$SERVER" "$JAVA_HOME/bin/java" -cp "$KWIK" Http3Speaker serve 443 "$WORK/server.crt" "$WORK/server.p8" "$WORK/www" >/dev/null 2>&1
await listening_udp 443
record left0 "udp port 443"
for version in 2 1to2; do
    client timeout 20 "$JAVA_HOME/bin/java" -cp "$KWIK" Http3Speaker get "$version" "$WORK/keys-$version.log" "https://$SERVER4:443/lines.txt" >/dev/null 2>&1 || true
done
recorded
cat "$WORK"/keys-2.log "$WORK"/keys-1to2.log >"$SAMPLE/keys.log"
fresh
opened() { tshark -n -r "$SAMPLE/capture.pcap" -o "tls.keylog_file:$SAMPLE/keys.log" -Y "$1" -T fields -e "$2" 2>/dev/null; }
# tshark without nghttp3 reads no header blocks: it says that it has opened the requests' streams
[ "$(opened 'quic.stream.stream_id == 0 && udp.dstport == 443' udp.srcport | sort -u | wc -l)" = 2 ] || { echo "tshark opens other requests" >&2; exit 1; }
version=quicv2
for port in $(opened 'tls.handshake.type == 1' udp.srcport | awk '!seen[$0]++'); do
    ends="\"id.orig_h\":\"$CLIENT4\",\"id.orig_p\":$port,\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":443"
    expect_row "{\"kind\":\"quic\",$ends,\"version\":\"$version\",\"client_protocol\":\"h3\"}"
    expect_row "{\"kind\":\"http\",$ends,\"method\":\"GET\",\"host\":\"$SERVER4:443\",\"uri\":\"/lines.txt\",\"version\":\"3\",\"user_agent\":\"flupke (sample)\",\"status_code\":200,\"response_body_len\":$(stat -c %s "$WORK/www/lines.txt")}"
    expect_file HTTP "$WORK/www/lines.txt" "\"id.orig_p\":$port"
    version=1
done
