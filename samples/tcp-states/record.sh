#!/usr/bin/env bash
# curl and ncat against ports that are open, refused, silent and reset: how TCP connections begin and end.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" python3 -c '
import socket, struct, sys
listener = socket.create_server((sys.argv[1], 7000))
while True:
    connection, _ = listener.accept()
    connection.recv(100)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # close() sends RST
    connection.close()' "$SERVER4"
background "$SERVER" ncat -l -k "$SERVER4" 7001 -c 'cat >/dev/null; echo done'
await listening 7000
await listening 7001
ip -n "$CLIENT" neigh add 198.51.100.99 lladdr 02:00:00:00:02:63 dev left0 nud permanent
record left0 "tcp"
client ncat "$SERVER4" 7999 </dev/null 2>/dev/null || true     # nobody listens there
echo hello | client ncat "$SERVER4" 7000 >/dev/null || true    # reset by the server
echo hello | client ncat "$SERVER4" 7001 >/dev/null            # each closes its half in turn
client ncat -w 1 198.51.100.99 7002 </dev/null 2>/dev/null || true # nobody there at all
recorded
fresh
expect conn
sed -i -e '/"id.resp_p":7999/s/}$/,"conn_state":"REJ","history":"Sr"}/' -e '/"id.resp_p":7000/s/}$/,"conn_state":"RSTR"}/' \
    -e '/"id.resp_p":7001/s/}$/,"conn_state":"SF"}/' -e '/"id.resp_p":7002/s/}$/,"conn_state":"S0"}/' "$SAMPLE/expected.jsonl"
