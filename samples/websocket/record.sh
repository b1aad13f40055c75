#!/usr/bin/env bash
# A WebSocket between two scripts: upgrade, messages both ways, a long one in two frames, close.
. "$(dirname "$0")/../record/netns.sh"

cat >"$WORK/server.py" <<'PY'
import base64, hashlib, socket, sys
l = socket.create_server((sys.argv[1], 8080))
c, _ = l.accept(); f = c.makefile("rb")
key = b""
while (line := f.readline().strip()):
    if line.lower().startswith(b"sec-websocket-key:"): key = line.split(b":")[1].strip()
answer = base64.b64encode(hashlib.sha1(key + b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest())
c.sendall(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: chat\r\nSec-WebSocket-Accept: " + answer + b"\r\n\r\n")
f.read(2 + 4 + 5)
c.sendall(b"\x81\x05hello" + b"\x02\x03abc" + b"\x80\x7e\x01\x00" + bytes(256))
f.read(2 + 4 + 2)
c.sendall(b"\x88\x02\x03\xe8"); c.close()
PY
cat >"$WORK/client.py" <<'PY'
import socket, sys
s = socket.create_connection((sys.argv[1], 8080)); f = s.makefile("rb")
s.sendall(b"GET /talk HTTP/1.1\r\nHost: ws.test\r\nUser-Agent: script\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: chat, shout\r\n\r\n")
while f.readline().strip(): pass
def masked(first, text): return bytes([first, 0x80 | len(text), 1, 2, 3, 4]) + bytes(b ^ (1, 2, 3, 4)[i % 4] for i, b in enumerate(text))
s.sendall(masked(0x81, b"hello"))
f.read(7 + 5 + 4 + 256)
s.sendall(masked(0x88, b"\x03\xe8")); f.read(); s.close()
PY
background "$SERVER" /usr/bin/python3 "$WORK/server.py" "$SERVER4"
await listening 8080
record left0 "tcp port 8080"
client /usr/bin/python3 "$WORK/client.py" "$SERVER4"
recorded
fresh
expect_row '{"kind":"conn","id.resp_p":8080,"service":"http,websocket"}'
expect_row '{"kind":"websocket","host":"ws.test","uri":"/talk","user_agent":"script","subprotocol":"chat","client_protocols":["chat","shout"],"orig_messages":1,"resp_messages":2,"close_code":1000}'
