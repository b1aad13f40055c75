#!/usr/bin/env bash
# The same reverse shell inside TLS 1.3: keys.log, written by the operator's openssl, opens it.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/shell.sh"

certify server operator.test
mkfifo "$WORK/typed" "$WORK/down"
server openssl s_server -quiet -accept "$SERVER4:4446" -tls1_3 -cert "$WORK/server.crt" -key "$WORK/server.key" -keylogfile "$WORK/keys.log" \
    -naccept 1 <"$WORK/typed" >"$WORK/seen" 2>/dev/null &
started+=($!)
exec 7>"$WORK/typed"
await listening 4446
record left0 "tcp port 4446"
client sh -c "sh 2>/dev/null <'$WORK/down' | openssl s_client -quiet -no_ign_eof -tls1_3 -connect $SERVER4:4446 2>/dev/null >'$WORK/down'" &
started+=($!)
type_commands 4446 >&7
recorded
exec 7>&-
grep -v '^#' "$WORK/keys.log" >"$SAMPLE/keys.log"
fresh
expect ssl conn --service 4446=ssl
expect_shell '"secret":"keys.log"'
