#!/usr/bin/env bash
# radclient against FreeRADIUS: a login that is accepted, one that is refused.
. "$(dirname "$0")/../record/netns.sh"

mkdir -p "$WORK/raddb"
cat >"$WORK/raddb/radiusd.conf" <<CONF
libdir = /usr/lib/freeradius
logdir = $WORK
run_dir = $WORK
db_dir = $WORK
pidfile = $WORK/pid
security {
  reject_delay = 0
}
client sample {
  ipaddr = $CLIENT4
  secret = not-a-secret
}
modules {
  files {
    filename = $WORK/raddb/users
  }
  pap {
  }
}
server default {
  listen {
    type = auth
    ipaddr = $SERVER4
    port = 1812
  }
  authorize {
    files
    pap
  }
  authenticate {
    Auth-Type PAP {
      pap
    }
  }
}
CONF
cat >"$WORK/raddb/users" <<'USERS'
ada Cleartext-Password := "correct"
    Reply-Message := "Welcome",
    Framed-IP-Address := 10.9.8.7
USERS
background "$SERVER" freeradius -f -l stdout -d "$WORK/raddb" >"$WORK/radius.log"
await listening_udp 1812
record left0 "udp port 1812"
try() { client radclient -q "$SERVER4:1812" auth not-a-secret >/dev/null 2>&1 || true; }
try <<<"User-Name = ada, User-Password = correct, Calling-Station-Id = \"02-00-00-00-01-0a\", Connect-Info = \"sample\", Tunnel-Client-Endpoint = \"192.0.2.99\""
try <<<'User-Name = ada, User-Password = guess'
recorded
fresh
expect conn --service 1812=radius --set 'conn.conn_state="SF"'
expect_row '{"kind":"radius","id.resp_p":1812,"username":"ada","mac":"02:00:00:00:01:0a","connect_info":"sample","tunnel_client":"192.0.2.99","framed_addr":"10.9.8.7","reply_msg":"Welcome","result":"success"}'
expect_row '{"kind":"radius","id.resp_p":1812,"username":"ada","result":"failed"}'
