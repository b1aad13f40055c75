#!/usr/bin/env bash
# ssh against sshd: a key that is refused, one that is taken, a command. The cipher leaves packets' lengths readable.
. "$(dirname "$0")/../record/netns.sh"

mkdir -p /run/sshd
for key in host right wrong; do ssh-keygen -q -t ed25519 -N "" -C "" -f "$WORK/$key"; done
cp "$WORK/right.pub" "$WORK/authorized"
chmod 711 "$WORK"
cat >"$WORK/sshd.conf" <<CONF
ListenAddress $SERVER4
HostKey $WORK/host
AuthorizedKeysFile $WORK/authorized
StrictModes no
UsePAM no
PermitRootLogin yes
PidFile none
CONF
background "$SERVER" /usr/sbin/sshd -D -f "$WORK/sshd.conf"
await listening 22
record left0 "tcp port 22"
client ssh -q -F none -o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o IdentitiesOnly=yes -o IdentityAgent=none \
    -c aes128-gcm@openssh.com -i "$WORK/wrong" -i "$WORK/right" "root@$SERVER4" true
recorded
fresh
hassh=$("${TSHARK:-tshark}" -n -r "$SAMPLE/capture.pcap" -Y ssh.kex.hassh -T fields -e ssh.kex.hassh | head -1)
server=$("${TSHARK:-tshark}" -n -r "$SAMPLE/capture.pcap" -Y ssh.kex.hasshserver -T fields -e ssh.kex.hasshserver | head -1)
key=$(ssh-keygen -lf "$WORK/host.pub" | cut -d' ' -f2)
expect conn --service 22=ssh --set 'conn.conn_state="SF"'
ofclient=$("${TSHARK:-tshark}" -n -r "$SAMPLE/capture.pcap" -Y 'ssh.protocol && tcp.dstport==22' -T fields -e ssh.protocol | head -1)
ofserver=$("${TSHARK:-tshark}" -n -r "$SAMPLE/capture.pcap" -Y 'ssh.protocol && tcp.srcport==22' -T fields -e ssh.protocol | head -1)
expect_row "{\"kind\":\"ssh\",\"id.resp_p\":22,\"version\":2,\"auth_success\":true,\"auth_attempts\":2,\"client\":\"$ofclient\",\"server\":\"$ofserver\",\"cipher_alg\":\"aes128-gcm@openssh.com\",\"compression_alg\":\"none\",\"host_key_alg\":\"ssh-ed25519\",\"host_key_fingerprint\":\"$key\",\"hassh\":\"$hassh\",\"hasshServer\":\"$server\"}"
