#!/usr/bin/env bash
# An answer over UDP that does not fit in a frame (DNS with EDNS and 2.8 KB of text), and a ping of 3,000 bytes: IPv4 fragments.
. "$(dirname "$0")/../record/netns.sh"

text=$(printf 'f%.0s' {1..200})
options=()
for i in {10..23}; do options+=(--txt-record=big.test,"$i$text"); done
names --listen-address="$SERVER4" --bind-interfaces --edns-packet-max=4096 "${options[@]}"
record left0 "ip"
client dig "@$SERVER4" +tries=1 +timeout=2 +bufsize=4096 big.test TXT >/dev/null
client ping -q -c 1 -s 3000 "$SERVER4" >/dev/null
recorded
fresh
expect dns
expect conn --service 53=dns --without orig_pkts,resp_pkts,orig_ip_bytes,resp_ip_bytes,ts,duration
sed -i '/"proto":"icmp"/s/"orig_bytes":[0-9]*,"resp_bytes":[0-9]*/"orig_bytes":3000,"resp_bytes":3000/' "$SAMPLE/expected.jsonl" # ping -s
