#!/usr/bin/env bash
# rsh and rlogin against their daemons (rsh-redone): a command as a user who trusts the caller, one as a user who does not, and a session.
# Both users are of this recording only: files of accounts are put over the system's in the namespace.
. "$(dirname "$0")/../record/netns.sh"

mkdir "$WORK/ada" "$WORK/bob"
echo "client.test root" >"$WORK/ada/.rhosts"
chmod 755 "$WORK"
chmod 600 "$WORK/ada/.rhosts"
chown -R 4711:4711 "$WORK/ada"
cat >"$WORK/passwd" <<PASSWD
root:x:0:0::/root:/bin/sh
ada:x:4711:4711::$WORK/ada:/bin/sh
bob:x:4712:4712::$WORK/bob:/bin/sh
PASSWD
printf 'root:*:1::::::\nada:*:1::::::\nbob:*:1::::::\n' >"$WORK/shadow"
echo "$CLIENT4 client.test" >"$WORK/hosts"
cat >"$WORK/daemons.py" <<'PY'
import socket, subprocess, sys, threading
def serve(port, daemon):
    listener = socket.create_server((sys.argv[1], port))
    while True:
        caller, _ = listener.accept()
        subprocess.Popen([daemon], stdin=caller, stdout=caller, stderr=subprocess.DEVNULL)
        caller.close()
threading.Thread(target=serve, args=(513, "/usr/sbin/in.rlogind"), daemon=True).start()
serve(514, "/usr/sbin/in.rshd")
PY
background "$SERVER" sh -c "for f in passwd shadow hosts; do mount --bind $WORK/\$f /etc/\$f; done; mount --bind /dev/null /etc/motd
    mount -t tmpfs none /run; mount -t tmpfs none /etc/update-motd.d # what this system says of itself is not for a sample
    exec /usr/bin/python3 $WORK/daemons.py $SERVER4"
await listening 513
await listening 514
record left0 "tcp"
client rsh-redone-rsh -l ada "$SERVER4" "echo a sample" </dev/null
client rsh-redone-rsh -l bob "$SERVER4" "id" </dev/null || true
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
    os.execvp("rsh-redone-rlogin", ["rsh-redone-rlogin", "-l", "ada", sys.argv[1]])
until(fd, b"$ ")
os.write(fd, b"exit\r")
until(fd, b"closed")
PY
client /usr/bin/python3 "$WORK/client.py" "$SERVER4" >/dev/null
recorded
fresh
expect conn --service 513=rlogin --service 514=rsh
expect_row '{"kind":"login","proto":"rsh","user":"ada","client_user":"root","command":"echo a sample","success":true,"failures":0}'
expect_row '{"kind":"login","proto":"rsh","user":"bob","client_user":"root","command":"id"}'
expect_row '{"kind":"login","proto":"rlogin","user":"ada","client_user":"root","terminal":"vt100/38400","success":true,"failures":0}'
