#!/usr/bin/env bash
# A client asks xrdp for TLS, as a scanner does: cookie, negotiation, handshake. The client is a script.
. "$(dirname "$0")/../record/netns.sh"

certify rdp rdp.test
cat >"$WORK/xrdp.ini" <<INI
[Globals]
ini_version=1
port=tcp://$SERVER4:3389
security_layer=negotiate
certificate=$WORK/rdp.crt
key_file=$WORK/rdp.key
ssl_protocols=TLSv1.2
[Logging]
LogFile=$WORK/xrdp.log
EnableSyslog=false
[Xorg]
name=none
lib=libxup.so
ip=127.0.0.1
port=-1
INI
chmod 755 "$WORK"
background "$SERVER" xrdp --nodaemon --config "$WORK/xrdp.ini" >/dev/null 2>&1
await listening 3389
cat >"$WORK/client.py" <<'PY'
import socket, ssl, sys
s = socket.create_connection((sys.argv[1], 3389))
cookie = b"Cookie: mstshash=ada\r\n"
body = b"\xe0\0\0\0\0\0" + cookie + b"\1\0\x08\0\1\0\0\0"
s.sendall(b"\3\0" + (5 + len(body)).to_bytes(2, "big") + bytes([len(body)]) + body)
s.recv(1000)
c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT); c.check_hostname = False; c.verify_mode = ssl.CERT_NONE
t = c.wrap_socket(s); t.close()
PY
record left0 "tcp port 3389"
client /usr/bin/python3 "$WORK/client.py" "$SERVER4"
recorded
fresh
expect conn ssl --service 3389=rdp,ssl
expect_certificate rdp rdp.test
expect_row '{"kind":"rdp","id.resp_p":3389,"cookie":"ada","result":"encrypted","security_protocol":"SSL","cert_count":0}'
