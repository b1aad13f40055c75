#!/usr/bin/env bash
# Two clients of ngircd: one offers the other a file (DCC), which nobody fetches.
. "$(dirname "$0")/../record/netns.sh"

seq 1 500 >"$WORK/list.txt"
cat >"$WORK/ngircd.conf" <<CONF
[Global]
Name = irc.test
Info = sample
Listen = $SERVER4
ServerUID = root
ServerGID = root
[Options]
DNS = no
Ident = no
PAM = no
CONF
background "$SERVER" ngircd -n -f "$WORK/ngircd.conf" >/dev/null
await listening 6667
cat >"$WORK/client.py" <<'PY'
import socket, struct, sys
server, own, path = sys.argv[1:4]
def join(nick):
    s = socket.create_connection((server, 6667))
    f = s.makefile("rwb")
    f.write(f"NICK {nick}\r\nUSER {nick} 0 * :Sample user\r\n".encode()); f.flush()
    until(f, b" 376 ", b" 422 ")
    f.write(b"JOIN #sample\r\n"); f.flush()
    until(f, b" 366 ")
    return s, f
def until(f, *marks):
    while True:
        line = f.readline()
        if not line or any(m in line for m in marks): return line
a, af = join("ada")
b, bf = join("bob")
data = open(path, "rb").read()
listener = socket.create_server((own, 40100))
number = struct.unpack("!I", socket.inet_aton(own))[0]
af.write(f"PRIVMSG bob :\x01DCC SEND list.txt {number} 40100 {len(data)}\x01\r\n".encode()); af.flush()
until(bf, b"DCC SEND")
af.write(b"QUIT :done\r\n"); af.flush(); af.read()
bf.write(b"QUIT :done\r\n"); bf.flush(); bf.read()
PY
record left0 "tcp"
client /usr/bin/python3 "$WORK/client.py" "$SERVER4" "$CLIENT4" "$WORK/list.txt"
recorded
fresh
expect conn --service 6667=irc --set 'conn.conn_state="SF"'
for nick in ada bob; do
    expect_row "{\"kind\":\"irc\",\"command\":\"NICK\",\"value\":\"$nick\"}"
    expect_row "{\"kind\":\"irc\",\"command\":\"USER\",\"nick\":\"$nick\",\"value\":\"$nick\",\"addl\":\"0 * Sample user\"}"
    expect_row "{\"kind\":\"irc\",\"command\":\"JOIN\",\"nick\":\"$nick\",\"user\":\"$nick\",\"value\":\"#sample\",\"addl\":\"\"}"
    expect_row "{\"kind\":\"irc\",\"command\":\"DCC\",\"nick\":\"$nick\",\"user\":\"$nick\",\"value\":\"#sample\",\"addl\":\"\",\"dcc_file_name\":\"list.txt\",\"dcc_file_size\":$(stat -c %s "$WORK/list.txt")}"
done
