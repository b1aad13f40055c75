#!/usr/bin/env bash
# smbclient puts, gets, renames and deletes a file on samba's file server by SMB 3.
. "$(dirname "$0")/../record/netns.sh"
. "$RECORD/samba.sh"

head -c 3000 /dev/zero | tr '\0' 'a' >"$WORK/report.txt"
record left0 "tcp port 445"
share -m SMB3 -c "put $WORK/report.txt report.txt; get report.txt $WORK/again.txt; rename report.txt kept.txt; del kept.txt"
recorded
fresh
row() { expect_row "{\"kind\":\"$1\",\"id.orig_h\":\"$CLIENT4\",\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":445,$2}"; }
row smb_mapping "\"path\":\"\\\\\\\\$SERVER4\\\\IPC\$\",\"share_type\":\"PIPE\""
row smb_mapping "\"path\":\"\\\\\\\\$SERVER4\\\\work\",\"share_type\":\"DISK\""
row ntlm '"username":"root","domainname":"SAMPLE","server_nb_computer_name":"FILES","success":true'
expect_row '{"@only":{"kind":"smb_files","name":"kept.txt"}}'
row smb_files '"action":"SMB::FILE_OPEN","name":"kept.txt","size":3000'
row smb_files '"action":"SMB::FILE_RENAME","name":"kept.txt","prev_name":"report.txt"'
row smb_files '"action":"SMB::FILE_DELETE","name":"kept.txt"'
expect_file SMB "$WORK/report.txt" '"is_orig":true' '"filename":"report.txt"'
expect_file SMB "$WORK/report.txt" '"is_orig":false' '"filename":"report.txt"'
