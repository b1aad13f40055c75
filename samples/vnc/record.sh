#!/usr/bin/env bash
# A viewer visits Xtigervnc: versions, no login, the desktop; then another with a wrong password. The viewers are scripts.
. "$(dirname "$0")/../record/netns.sh"

printf 'not-a-secret' | tigervncpasswd -f >"$WORK/passwd"
background "$SERVER" Xtigervnc :51 -interface "$SERVER4" -rfbport 5951 -SecurityTypes None -desktop "sample:51" -geometry 640x480 >/dev/null 2>&1
background "$SERVER" Xtigervnc :52 -interface "$SERVER4" -rfbport 5952 -SecurityTypes VncAuth -PasswordFile "$WORK/passwd" -geometry 640x480 >/dev/null 2>&1
await listening 5951
await listening 5952
cat >"$WORK/viewer.py" <<'PY'
import socket, struct, sys
def take(f, n): return f.read(n)
for port in (5951, 5952):
    s = socket.create_connection((sys.argv[1], port)); f = s.makefile("rb")
    s.sendall(take(f, 12))
    types = take(f, take(f, 1)[0])
    s.sendall(types[:1])
    if types[0] == 2:
        take(f, 16); s.sendall(bytes(16))
    if struct.unpack("!I", take(f, 4))[0] == 0:
        s.sendall(b"\1")
        take(f, 20); take(f, struct.unpack("!I", take(f, 4))[0])
    s.close()
PY
record left0 "tcp portrange 5951-5952"
client /usr/bin/python3 "$WORK/viewer.py" "$SERVER4"
recorded
fresh
expect_row '{"kind":"conn","id.resp_p":5951,"service":"rfb"}'
expect_row '{"kind":"conn","id.resp_p":5952,"service":"rfb"}'
version='"client_major_version":"003","client_minor_version":"008","server_major_version":"003","server_minor_version":"008"'
expect_row "{\"kind\":\"rfb\",\"id.resp_p\":5951,$version,\"authentication_method\":\"None\",\"auth\":true,\"share_flag\":true,\"desktop_name\":\"sample:51\",\"width\":640,\"height\":480}"
expect_row "{\"kind\":\"rfb\",\"id.resp_p\":5952,$version,\"authentication_method\":\"VNC\",\"auth\":false}"
