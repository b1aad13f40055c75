#!/usr/bin/env bash
# curl against vsftpd, the client opens the data connections: PASV with a download, EPSV with an upload.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/vsftpd.sh"

record left0 "tcp"
client curl -s --disable-epsv -o /dev/null "ftp://$SERVER4/pub/report.txt"
client curl -s -T "$WORK/upload.txt" "ftp://$SERVER4/incoming/upload.txt"
recorded
fresh
expect ftp conn --service 21=ftp --set 'conn.conn_state="SF"'
sed -i '/"kind":"conn"/{/"service":"ftp"/!s/"proto":"tcp"/"proto":"tcp","service":"ftp-data"/}' "$SAMPLE/expected.jsonl"
expect_file FTP_DATA "$WORK/ftp/pub/report.txt" '"is_orig":false'
expect_file FTP_DATA "$WORK/upload.txt" '"is_orig":true'
