#!/usr/bin/env bash
# curl fetches a letter by imap from dovecot, and once with a wrong password.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/mail.sh"
. "$RECORD/dovecot.sh"

await listening 143
record left0 "tcp port 143"
client curl -s -u "$USER_NAME:wrong" "imap://$SERVER4/INBOX;MAILINDEX=1" >/dev/null || true
client curl -s -u "$USER_NAME:$SECRET" "imap://$SERVER4/INBOX;MAILINDEX=1" >/dev/null
recorded
fresh
expect conn --service 143=imap --set 'conn.conn_state="SF"'
expect_row '{"kind":"mailbox","id.resp_p":143,"proto":"imap","success":false,"failures":1,"fetched":0,"tls":false}'
expect_row '{"kind":"mailbox","id.resp_p":143,"proto":"imap","success":true,"failures":0,"fetched":1,"tls":false,"folders":["INBOX"]}'
expect_file IMAP "$WORK/text" '"is_orig":false'
expect_file IMAP "$WORK/report.bin" '"is_orig":false' '"filename":"report.bin"'
