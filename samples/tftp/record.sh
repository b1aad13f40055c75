#!/usr/bin/env bash
# tftp fetches a file from tftpd, and asks for one that is not there.
. "$(dirname "$0")/../record/netns.sh"

mkdir "$WORK/tftp"
chmod 755 "$WORK"
seq 1 400 >"$WORK/tftp/list.txt"
background "$SERVER" in.tftpd -L -a "$SERVER4:69" -s "$WORK/tftp"
await listening_udp 69
record left0 "udp"
(cd "$WORK" && client tftp -m binary "$SERVER4" -c get list.txt && client tftp -m binary "$SERVER4" -c get none.txt) >/dev/null || true
recorded
fresh
expect_file TFTP "$WORK/tftp/list.txt" '"filename":"list.txt"' '"is_orig":true'
expect_row "{\"kind\":\"tftp\",\"id.resp_p\":69,\"wrq\":false,\"fname\":\"list.txt\",\"mode\":\"octet\",\"size\":$(stat -c %s "$WORK/tftp/list.txt")}"
expect_row '{"kind":"tftp","id.resp_p":69,"wrq":false,"fname":"none.txt","mode":"octet","error_code":1,"error_msg":"File not found"}'
