# samba's file server at the server, sourced behind netns.sh: share `work` with a user `ada`.
mkdir -p "$WORK/smb/private" "$WORK/smb/work" "$WORK/smb/run"
chmod 755 "$WORK" "$WORK/smb"
chmod 777 "$WORK/smb/work"
cat >"$WORK/smb.conf" <<CONF
[global]
  server role = standalone server
  workgroup = SAMPLE
  netbios name = FILES
  server min protocol = NT1
  ntlm auth = ntlmv1-permitted
  map to guest = bad user
  disable netbios = yes
  smb ports = 445
  load printers = no
  private dir = $WORK/smb/private
  lock directory = $WORK/smb/run
  state directory = $WORK/smb/run
  cache directory = $WORK/smb/run
  pid directory = $WORK/smb/run
  ncalrpc dir = $WORK/smb/run/rpc
  log file = $WORK/smb/log
  force user = root
[work]
  path = $WORK/smb/work
  read only = no
CONF
printf 'sample-password\nsample-password\n' | smbpasswd -c "$WORK/smb.conf" -s -a root >/dev/null
background "$SERVER" smbd -F -s "$WORK/smb.conf" </dev/null
await listening 445
share() { client smbclient -s "$WORK/smb.conf" "//$SERVER4/work" -U 'root%sample-password' --socket-options='TCP_NODELAY' "$@" >/dev/null; }
