#!/usr/bin/env bash
# curl against vsftpd, the server opens the data connections from port 20: PORT with a download, EPRT with an upload.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/vsftpd.sh"

record left0 "tcp"
client curl -s --ftp-port - --disable-eprt -o /dev/null "ftp://$SERVER4/pub/report.txt"
client curl -s --ftp-port - -T "$WORK/upload.txt" "ftp://$SERVER4/incoming/upload.txt"
recorded
fresh
expect ftp conn --service 21=ftp --set 'conn.conn_state="SF"'
sed -i '/"kind":"conn"/{/"service":"ftp"/!s/"proto":"tcp"/"proto":"tcp","service":"ftp-data"/}' "$SAMPLE/expected.jsonl"
expect_file FTP_DATA "$WORK/ftp/pub/report.txt" '"is_orig":true'
expect_file FTP_DATA "$WORK/upload.txt" '"is_orig":false'
