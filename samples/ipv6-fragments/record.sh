#!/usr/bin/env bash
# The same over IPv6, whose fragments are an extension header.
. "$(dirname "$0")/../record/netns.sh"

text=$(printf 'f%.0s' {1..200})
options=()
for i in {10..23}; do options+=(--txt-record=big.test,"$i$text"); done
names --listen-address="$SERVER6" --bind-interfaces --edns-packet-max=4096 "${options[@]}"
record left0 "ip6 and not host ff02::16"
client dig "@$SERVER6" +tries=1 +timeout=2 +bufsize=4096 big.test TXT >/dev/null
client ping -q -c 1 -s 3000 -6 "$SERVER6" >/dev/null
recorded
fresh
expect dns
expect conn --service 53=dns --without orig_pkts,resp_pkts,orig_ip_bytes,resp_ip_bytes,ts,duration
sed -i '/"proto":"icmp"/s/"orig_bytes":[0-9]*,"resp_bytes":[0-9]*/"orig_bytes":3000,"resp_bytes":3000/' "$SAMPLE/expected.jsonl" # ping -s
