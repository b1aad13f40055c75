#!/usr/bin/env bash
# A TCP connection tunnelled in echo requests and replies by ptunnel-ng; the server's kernel answers the requests, too.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" ncat -l -k -c 'read line; echo "output of $line: nothing of note"; seq 1 200' "$SERVER4" 9000
background "$SERVER" ptunnel-ng -v 1 -o"$WORK/server.log" -r"$SERVER4" -R9000
record left0 icmp
background "$CLIENT" ptunnel-ng -v 1 -o"$WORK/client.log" -p"$SERVER4" -l8000 -r"$SERVER4" -R9000
await client ss -Hltn "sport = :8000"
sleep 1
client sh -c '(echo whoami; sleep 3) | timeout 5 ncat 127.0.0.1 8000' | tail -n 1
recorded
fresh
python3 "$RECORD/rolled.py" "$SAMPLE/capture.pcap" icmp_echo >>"$SAMPLE/expected.jsonl"
