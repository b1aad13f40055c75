#!/usr/bin/env bash
# telnet against telnetd: a login that is refused, then one that is not. What asks for name and password is a script.
. "$(dirname "$0")/../record/netns.sh"

cat >"$WORK/login" <<'SH'
#!/bin/sh
printf 'sample login: '; read -r name
printf 'Password: '; read -r secret; echo
echo 'Login incorrect'
printf 'sample login: '; read -r name
printf 'Password: '; read -r secret; echo
echo 'Last login: Mon Jan  1 10:00:00 UTC 2024 on pts/0'
read -r command; echo bye
SH
chmod 755 "$WORK" "$WORK/login"
echo "$SERVER4:2323 stream tcp nowait root /usr/sbin/telnetd telnetd -E $WORK/login" >"$WORK/inetd.conf"
background "$SERVER" inetutils-inetd -d "$WORK/inetd.conf" 2>/dev/null
await listening 2323
record left0 "tcp port 2323"
cat >"$WORK/client.py" <<'PY'
import os, pty, select, sys
def until(fd, mark):
    seen = b""
    while mark not in seen and select.select([fd], [], [], 5)[0]:
        try: more = os.read(fd, 1000)
        except OSError: return
        if not more: return
        seen += more
pid, fd = pty.fork()
if pid == 0:
    os.environ["TERM"] = "vt100"
    os.execvp("telnet", ["telnet", sys.argv[1], "2323"])
for mark, answer in ((b"login:", b"eve"), (b"Password:", b"guess"), (b"login:", b"ada"), (b"Password:", b"not-a-secret"), (b"Last login", b"exit")):
    until(fd, mark)
    os.write(fd, answer + b"\r")
until(fd, b"closed")
PY
client /usr/bin/python3 "$WORK/client.py" "$SERVER4" >/dev/null
recorded
fresh
expect conn --service 2323=telnet --set 'conn.conn_state="SF"'
expect_row '{"kind":"login","proto":"telnet","user":"ada","terminal":"VT100","success":true,"failures":1}'
