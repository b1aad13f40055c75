#!/usr/bin/env bash
# curl fetches a letter by pop3 from dovecot, and once with a wrong password.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/mail.sh"
. "$RECORD/dovecot.sh"

await listening 110
record left0 "tcp port 110"
client curl -s -u "$USER_NAME:wrong" "pop3://$SERVER4/1" >/dev/null || true
client curl -s -u "$USER_NAME:$SECRET" "pop3://$SERVER4/1" >/dev/null
recorded
fresh
expect conn --service 110=pop3 --set 'conn.conn_state="SF"'
expect_row '{"kind":"mailbox","id.resp_p":110,"proto":"pop3","success":false,"failures":1,"fetched":0,"tls":false}'
expect_row '{"kind":"mailbox","id.resp_p":110,"proto":"pop3","success":true,"failures":0,"fetched":1,"tls":false}'
expect_file POP3 "$WORK/text" '"is_orig":false'
expect_file POP3 "$WORK/report.bin" '"is_orig":false' '"filename":"report.bin"'
