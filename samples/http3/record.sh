#!/usr/bin/env bash
# ngtcp2's client and server (GnuTLS): HTTP/3 over QUIC 1, a second time with the request in early data. keys.log opens both.
. "$(dirname "$0")/../record/netns.sh"

certify server h3.test
mkdir "$WORK/www"
seq -f "line %g that came over QUIC" 100 >"$WORK/www/lines.txt"
background "$SERVER" gtlsserver -q -d "$WORK/www" "$SERVER4" 443 "$WORK/server.key" "$WORK/server.crt" >/dev/null 2>&1
await listening_udp 443
record left0 "udp port 443"
for turn in first second; do
    SSLKEYLOGFILE="$WORK/keys.log" client timeout 3 gtlsclient -q --no-pmtud --exit-on-all-streams-close --session-file="$WORK/session" --tp-file="$WORK/parameters" \
        "$SERVER4" 443 https://h3.test/lines.txt >/dev/null 2>&1 || true
done
recorded
cp "$WORK/keys.log" "$SAMPLE/keys.log"
fresh
opened() { tshark -n -r "$SAMPLE/capture.pcap" -o "tls.keylog_file:$SAMPLE/keys.log" -Y "$1" -T fields -e "$2" 2>/dev/null; }
# tshark without nghttp3 reads no header blocks: it says that it has opened the requests' streams
[ "$(opened 'quic.stream.stream_id == 0 && udp.dstport == 443' udp.srcport | sort -u | wc -l)" = 2 ] || { echo "tshark opens other requests" >&2; exit 1; }
[ -n "$(opened 'quic.long.packet_type == 1 && quic.stream.stream_id == 0' frame.number)" ] || { echo "no early data" >&2; exit 1; }
for port in $(opened 'quic.long.packet_type == 0 && udp.dstport == 443' udp.srcport | awk '!seen[$0]++'); do
    ends="\"id.orig_h\":\"$CLIENT4\",\"id.orig_p\":$port,\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":443"
    expect_row "{\"kind\":\"conn\",$ends,\"service\":\"quic,ssl,http3\"}"
    expect_row "{\"kind\":\"ssl\",$ends,\"version\":\"TLSv13\",\"server_name\":\"localhost\",\"next_protocol\":\"h3\",\"established\":true,\"secret\":\"keys.log\"}"
    expect_row "{\"kind\":\"http\",$ends,\"trans_depth\":1,\"method\":\"GET\",\"host\":\"h3.test\",\"uri\":\"/lines.txt\",\"version\":\"3\",\"status_code\":200,\"request_body_len\":0,\"response_body_len\":$(stat -c %s "$WORK/www/lines.txt")}"
    expect_file HTTP "$WORK/www/lines.txt" "\"id.orig_p\":$port"
done
