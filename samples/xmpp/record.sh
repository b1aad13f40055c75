#!/usr/bin/env bash
# slixmpp logs in at prosody, without TLS.
. "$(dirname "$0")/../record/netns.sh"

mkdir -p "$WORK/prosody"
cat >"$WORK/prosody.cfg.lua" <<LUA
run_as_root = true; daemonize = false; pidfile = "$WORK/prosody/pid"; data_path = "$WORK/prosody"
interfaces = { "$SERVER4" }; c2s_ports = { 5222 }; s2s_ports = { }
modules_enabled = { "saslauth", "roster", "disco" }; modules_disabled = { "s2s", "tls" }
c2s_require_encryption = false; allow_unencrypted_plain_auth = true; authentication = "internal_plain"
log = { error = "$WORK/prosody/error.log" }
VirtualHost "chat.test"
LUA
prosodyctl --root --config "$WORK/prosody.cfg.lua" register ada chat.test not-a-secret >/dev/null
background "$SERVER" prosody --root --config "$WORK/prosody.cfg.lua" >/dev/null
await listening 5222
cat >"$WORK/client.py" <<'PY'
import sys, slixmpp
class Client(slixmpp.ClientXMPP):
    def __init__(self):
        super().__init__("ada@chat.test", "not-a-secret")
        self["feature_mechanisms"].unencrypted_plain = True
        self.add_event_handler("session_start", self.start)
        self.add_event_handler("failed_auth", lambda _: self.disconnect())
    async def start(self, _):
        self.send_presence()
        await self.get_roster()
        await self.disconnect()
client = Client()
client.connect((sys.argv[1], 5222), disable_starttls=True)
client.process(forever=False)
PY
record left0 "tcp port 5222"
client timeout 10 /usr/bin/python3 "$WORK/client.py" "$SERVER4" >"$WORK/client.log" 2>&1 || cat "$WORK/client.log" >&2
recorded
fresh
expect conn --service 5222=xmpp --set 'conn.conn_state="SF"'
