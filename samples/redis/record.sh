#!/usr/bin/env bash
# redis-cli against redis-server: a login, keys, a list, an error, a setting.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" redis-server --bind "$SERVER4" --port 6379 --requirepass not-a-secret --save "" --dir "$WORK" >/dev/null
await listening 6379
record left0 "tcp port 6379"
client redis-cli --no-auth-warning -h "$SERVER4" >/dev/null <<'CLI'
AUTH not-a-secret
SET fruit apple
GET fruit
RPUSH basket pear plum
LRANGE basket 0 -1
INCR fruit
CONFIG SET maxclients 100
CLI
recorded
fresh
expect conn --service 6379=redis --set 'conn.conn_state="SF"'
row() { expect_row "{\"kind\":\"redis\",\"id.resp_p\":6379,$1}"; }
row '"cmd.name":"COMMAND","cmd.args":["DOCS"],"success":false' # redis-cli asks for its completions
row '"cmd.name":"COMMAND","success":false,"reply.value":"NOAUTH Authentication required."'
row '"cmd.name":"AUTH","cmd.args":["<hidden>"],"success":true,"reply.value":"OK"'
row '"cmd.name":"SET","cmd.key":"fruit","cmd.value":"apple","success":true,"reply.value":"OK"'
row '"cmd.name":"GET","cmd.key":"fruit","success":true,"reply.value":"apple"'
row '"cmd.name":"RPUSH","cmd.args":["basket","pear","plum"],"success":true,"reply.value":"2"'
row '"cmd.name":"LRANGE","success":true,"reply.value":"[pear, plum]"'
row '"cmd.name":"INCR","cmd.key":"fruit","success":false,"reply.value":"ERR value is not an integer or out of range"'
row '"cmd.name":"CONFIG","cmd.args":["SET","maxclients","100"],"success":true,"reply.value":"OK"'
