#!/usr/bin/env bash
# net-snmp's tools ask its agent: version 2c by a known community and by a secret one, version 3 in the clear.
. "$(dirname "$0")/../record/netns.sh"

cat >"$WORK/snmpd.conf" <<CONF
agentaddress udp:$SERVER4:161
rocommunity public
rwcommunity s3cret-of-the-sample
createUser reader MD5 "sample password" DES
rouser reader noauth
sysDescr a sample of an agent
CONF
background "$SERVER" snmpd -f -Lf "$WORK/snmpd.log" -C -c "$WORK/snmpd.conf" -p "$WORK/snmpd.pid" -I -mteTrigger
await listening_udp 161
record left0 "udp port 161"
client snmpget -v 2c -c public "$SERVER4" 1.3.6.1.2.1.1.1.0 1.3.6.1.2.1.1.3.0 >/dev/null
client snmpbulkget -v 2c -c public -Cr3 "$SERVER4" 1.3.6.1.2.1.1 >/dev/null
client snmpset -v 2c -c s3cret-of-the-sample "$SERVER4" 1.3.6.1.2.1.1.6.0 s "here" >/dev/null 2>&1 || true
client snmpget -v 3 -l noAuthNoPriv -u reader "$SERVER4" 1.3.6.1.2.1.1.1.0 >/dev/null
recorded
fresh
ports() { tshark -n -r "$SAMPLE/capture.pcap" -Y "$1" -T fields -e udp.srcport 2>/dev/null | head -1; }
variables() { tshark -n -r "$SAMPLE/capture.pcap" -Y "$1" -T fields -E occurrence=a -e snmp.name 2>/dev/null | head -1 | tr ',' '\n' | grep -c .; }
said="$(tshark -n -r "$SAMPLE/capture.pcap" -Y 'snmp.data==2' -T fields -E occurrence=f -e snmp.value.octets 2>/dev/null | head -1 | xxd -r -p)"
row() { expect_row "{\"kind\":\"snmp\",\"id.orig_h\":\"$CLIENT4\",\"id.orig_p\":$1,\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":161,$2}"; }
port=$(ports "snmp.data==0 && snmp.version==1")
row "$port" "\"version\":\"2c\",\"community\":\"public\",\"get_requests\":$(variables "udp.srcport==$port"),\"get_responses\":$(variables "udp.dstport==$port"),\"set_requests\":0,\"display_string\":\"$said\""
port=$(ports "snmp.data==5")
row "$port" "\"version\":\"2c\",\"community\":\"public\",\"get_bulk_requests\":$(variables "udp.srcport==$port"),\"get_responses\":$(variables "udp.dstport==$port"),\"get_requests\":0"
port=$(ports "snmp.data==3")
row "$port" "\"version\":\"2c\",\"community\":\"<hidden>\",\"set_requests\":$(variables "udp.srcport==$port")"
port=$(ports "snmp.msgVersion==3")
row "$port" "\"version\":\"3\",\"get_requests\":1,\"display_string\":\"$said\""
expect conn --service 161=snmp --set 'conn.conn_state="SF"'
