#!/usr/bin/env bash
# arpspoof beside a server: a third card says again and again, unasked, that the server's address is its own, while the server answers
# for itself, too.
. "$(dirname "$0")/../record/netns.sh"

ip -n "$CLIENT" neigh del "$SERVER4" dev left0
ip -n "$SERVER" neigh del "$CLIENT4" dev right0
ip -n "$SERVER" link add spoof0 link right0 address 02:00:00:00:02:66 type macvlan mode private
ip -n "$SERVER" addr add 192.0.2.66/24 dev spoof0
ip -n "$SERVER" link set spoof0 up
server sh -c "echo 1 > /proc/sys/net/ipv4/conf/all/arp_ignore" # each card answers for its own addresses
ip -n "$SERVER" route add "$CLIENT4/32" dev spoof0
record left0 "arp"
client arping -q -c 2 -i 1 -I left0 "$SERVER4" >/dev/null || true
background "$SERVER" arpspoof -i spoof0 -t "$CLIENT4" "$SERVER4" >"$WORK/spoof.log" 2>&1
for times in 2 4 6 8 10; do # an answer within ten seconds of a question may have been asked for
    await sh -c "[ \$(grep -c 'is-at' '$WORK/spoof.log') -ge $times ]"
done
client arping -q -c 2 -i 1 -I left0 "$SERVER4" >/dev/null || true
recorded
fresh
python3 "$RECORD/rolled.py" "$SAMPLE/capture.pcap" neighbor >>"$SAMPLE/expected.jsonl"
