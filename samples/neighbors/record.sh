#!/usr/bin/env bash
# ARP and IPv6 neighbour discovery: questions and answers, probes, announcements, and an answer that nobody asked for.
. "$(dirname "$0")/../record/netns.sh"

for it in "$SERVER4" "$SERVER6"; do ip -n "$CLIENT" neigh del "$it" dev left0; done
for it in "$CLIENT4" "$CLIENT6"; do ip -n "$SERVER" neigh del "$it" dev right0; done
record left0 "arp or icmp6"
client arping -q -c 3 -i 1 -I left0 "$SERVER4" >/dev/null || true      # questions and answers
client arping -q -D -c 1 -w 1 -I left0 192.0.2.77 >/dev/null || true # is this address free?
server arping -q -U -c 2 -I right0 "$SERVER4" >/dev/null || true     # I have this address
server python3 "$SAMPLE/unasked.py" right0 "$CLIENT4" 198.51.100.99  # somebody has that one, there
client ping -q -6 -c 1 "$SERVER6" >/dev/null
recorded
fresh
python3 "$RECORD/rolled.py" "$SAMPLE/capture.pcap" neighbor >>"$SAMPLE/expected.jsonl"
