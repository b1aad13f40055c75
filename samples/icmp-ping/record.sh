#!/usr/bin/env bash
# ping over IPv4 and IPv6, three echoes each.
. "$(dirname "$0")/../record/netns.sh"

record left0 "icmp or icmp6"
client ping -q -c 3 -i 0.2 "$SERVER4" >/dev/null
client ping -q -c 3 -i 0.2 -6 "$SERVER6" >/dev/null
recorded
fresh
expect conn
python3 "$RECORD/rolled.py" "$SAMPLE/capture.pcap" icmp_echo >>"$SAMPLE/expected.jsonl"
