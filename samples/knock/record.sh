#!/usr/bin/env bash
# knock and knockd: three closed ports in order, and a port that opens behind them.
. "$(dirname "$0")/../record/netns.sh"

cat >"$WORK/knockd.conf" <<EOF
[options]
    logfile = $WORK/knockd.log
[door]
    sequence = 7000,8000,9000
    seq_timeout = 5
    tcpflags = syn
    start_command = socat TCP-LISTEN:2222,bind=$SERVER4,reuseaddr EXEC:cat
EOF
background "$SERVER" knockd -i right0 -c "$WORK/knockd.conf" >/dev/null 2>&1
await grep -q starting "$WORK/knockd.log"
record left0 "tcp"
client knock -d 100 "$SERVER4" 7000 8000 9000
await listening 2222
printf 'open at last\n' | client socat -t 1 - "TCP:$SERVER4:2222" >/dev/null
recorded
fresh
expect_row '{"@only":{"kind":"conn","conn_state":"SF"}}'
expect_row '{"kind":"conn","id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.20","id.resp_p":2222,"proto":"tcp","conn_state":"SF","orig_bytes":13,"resp_bytes":13}'
