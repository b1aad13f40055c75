#!/usr/bin/env bash
# swaks hands a letter with an attachment to aiosmtpd.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/mail.sh"

background "$SERVER" aiosmtpd -n -c aiosmtpd.handlers.Sink -l "$SERVER4:25"
await listening 25
record left0 "tcp port 25"
letter | client swaks --silent 3 --helo client.test --from ada@sender.test --to bob@receiver.test,carol@receiver.test --server "$SERVER4" --data -
recorded
fresh
expect conn --service 25=smtp --set 'conn.conn_state="SF"'
expect_row "{\"kind\":\"smtp\",\"id.resp_p\":25,\"trans_depth\":1,\"helo\":\"client.test\",\"mailfrom\":\"ada@sender.test\",\"rcptto\":[\"bob@receiver.test\",\"carol@receiver.test\"],$HEADERS,\"last_reply\":\"250 OK\",\"path\":[\"$SERVER4\",\"$CLIENT4\"],\"tls\":false}"
expect_file SMTP "$WORK/text" '"is_orig":true'
expect_file SMTP "$WORK/report.bin" '"is_orig":true' '"filename":"report.bin"'
