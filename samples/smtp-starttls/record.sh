#!/usr/bin/env bash
# swaks asks aiosmtpd for TLS before it hands its letter over.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/mail.sh"

certify mail mail.test
background "$SERVER" aiosmtpd -n -c aiosmtpd.handlers.Sink -l "$SERVER4:25" --tlscert "$WORK/mail.crt" --tlskey "$WORK/mail.key"
await listening 25
record left0 "tcp port 25"
letter | client swaks --silent 3 --tls --tls-protocol tlsv1_2 --helo client.test --from ada@sender.test --to bob@receiver.test --server "$SERVER4" --data -
recorded
fresh
expect conn ssl --service 25=smtp,ssl --set 'conn.conn_state="RSTO"'
expect_certificate mail mail.test
expect_row '{"kind":"smtp","id.resp_p":25,"trans_depth":1,"helo":"client.test","tls":true}'
