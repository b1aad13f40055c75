#!/usr/bin/env bash
# ntpdate asks chronyd for the time.
. "$(dirname "$0")/../record/netns.sh"

printf 'local stratum 8\nallow all\nport 123\ncmdport 0\nbindaddress %s\npidfile %s/chronyd.pid\n' "$SERVER4" "$WORK" >"$WORK/chrony.conf"
background "$SERVER" chronyd -x -d -u root -f "$WORK/chrony.conf" >"$WORK/chrony.log" 2>&1
await listening_udp 123
record left0 "udp port 123"
client ntpdate -q -p 2 -t 1 "$SERVER4" >/dev/null
recorded
fresh
names="ip.src udp.srcport ip.dst udp.dstport ntp.flags.vn ntp.flags.mode ntp.stratum ntp.rootdelay ntp.rootdispersion"
tshark -n -r "$SAMPLE/capture.pcap" -Y ntp -T fields $(printf -- '-e %s ' $names) 2>/dev/null |
    while read -r src sport dst dport version mode stratum delay dispersion; do
        # the client's port is the originator's
        [ "$mode" = 3 ] || { swap=$src; src=$dst; dst=$swap; swap=$sport; sport=$dport; dport=$swap; }
        expect_row "{\"kind\":\"ntp\",\"id.orig_h\":\"$src\",\"id.orig_p\":$sport,\"id.resp_h\":\"$dst\",\"id.resp_p\":$dport,\"version\":$version,\"mode\":$mode,\"stratum\":$stratum,\"root_delay\":$delay,\"root_disp\":$dispersion}"
    done
expect conn --service 123=ntp --set 'conn.conn_state="SF"'
