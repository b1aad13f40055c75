# vsftpd at the server for anonymous visitors, who may fetch from pub/ and put into incoming/; sourced after netns.sh.
chmod 711 "$WORK"
mkdir -p "$WORK/ftp/pub" "$WORK/ftp/incoming" "$WORK/empty"
for ((i = 1; i <= 100; i++)); do echo "line $i of a report nobody needs"; done >"$WORK/ftp/pub/report.txt"
seq 1 900 >"$WORK/upload.txt"
chmod 555 "$WORK/ftp"
chown ftp "$WORK/ftp/incoming"
cat >"$WORK/vsftpd.conf" <<CONF
listen=YES
background=NO
listen_address=$SERVER4
anonymous_enable=YES
local_enable=NO
write_enable=YES
anon_upload_enable=YES
anon_root=$WORK/ftp
connect_from_port_20=YES
pasv_min_port=40000
pasv_max_port=40100
seccomp_sandbox=NO
secure_chroot_dir=$WORK/empty
xferlog_enable=NO
CONF
background "$SERVER" vsftpd "$WORK/vsftpd.conf"
await listening 21
