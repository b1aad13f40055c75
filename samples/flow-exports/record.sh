#!/usr/bin/env bash
# pmacctd reads the capture of another sample and exports it four times: NetFlow 5 and 9, IPFIX, sFlow.
. "$(dirname "$0")/../record/netns.sh"

listen='import socket,sys
listeners = []
for port in (2055, 2056, 4739, 6343):
    listeners.append(socket.socket(type=socket.SOCK_DGRAM))
    listeners[-1].bind((sys.argv[1], port))
sys.stdin.read() # never ends
'
background "$SERVER" python3 -c "$listen" "$SERVER4" < <(sleep infinity)
await listening_udp 6343
cat >"$WORK/pmacctd.conf" <<CONF
daemonize: false
pcap_savefile: $SAMPLE/../http/capture.pcap
pcap_savefile_delay: 1
plugins: nfprobe[five], nfprobe[nine], nfprobe[ipfix], sfprobe[sflow]
aggregate: src_host, dst_host, src_port, dst_port, proto, tos, flows
nfprobe_receiver[five]: $SERVER4:2056
nfprobe_version[five]: 5
nfprobe_receiver[nine]: $SERVER4:2055
nfprobe_version[nine]: 9
nfprobe_receiver[ipfix]: $SERVER4:4739
nfprobe_version[ipfix]: 10
nfprobe_timeouts: tcp=2:tcp.fin=1:udp=1:general=1:maxlife=4:expint=1
sfprobe_receiver[sflow]: $SERVER4:6343
sfprobe_agentip[sflow]: $CLIENT4
sampling_rate[sflow]: 4
CONF
record left0 "udp"
# it stays when the file is read: five seconds are enough for all its timeouts
client timeout -s INT 5 pmacctd -f "$WORK/pmacctd.conf" >"$WORK/pmacctd.log" 2>&1 || true
recorded
fresh
# a row each record: flows PORT FIELDS
flows() {
    tshark -n -d udp.port==2056,cflow -r "$SAMPLE/capture.pcap" -Y "udp.dstport==$1 && cflow.srcaddr" -T fields -e cflow.srcaddr -e cflow.srcport -e cflow.dstaddr \
        -e cflow.dstport -e cflow.protocol -e cflow.packets -e cflow.octets 2>/dev/null |
        python3 -c 'import sys
names = {"1": "icmp", "6": "tcp", "17": "udp"}
for line in sys.stdin:
    for a, p, b, q, t, n, o in zip(*(part.split(",") for part in line.rstrip("\n").split("\t"))):
        print("{\"kind\":\"flow\",%s,\"id.orig_h\":\"%s\",\"id.orig_p\":%s,\"id.resp_h\":\"%s\",\"id.resp_p\":%s,\"proto\":\"%s\",\"packets\":%s,\"bytes\":%s}"
              % (sys.argv[1], a, p, b, q, names[t], n, o))' "$2" >>"$SAMPLE/expected.jsonl"
}
flows 2056 '"format":"netflow","version":5,"record":"data","exporter":"192.0.2.10"'
flows 2055 '"format":"netflow","version":9,"record":"data","exporter":"192.0.2.10"'
flows 4739 '"format":"ipfix","version":10,"record":"data","exporter":"192.0.2.10"'
tshark -n -r "$SAMPLE/capture.pcap" -Y sflow -T fields -E separator=' ' -e tcp.srcport -e tcp.dstport -e sflow.flow_sample.sampling_rate 2>/dev/null |
    python3 -c 'import sys
for line in sys.stdin:
    for p, q, n in zip(*(part.split(",") for part in line.split())):
        print("{\"kind\":\"flow\",\"format\":\"sflow\",\"record\":\"sample\",\"id.orig_p\":%s,\"id.resp_p\":%s,\"proto\":\"tcp\",\"sampling\":%s}" % (p, q, n))' >>"$SAMPLE/expected.jsonl"
for port in 2056=netflow 2055=netflow 4739=ipfix 6343=sflow; do
    expect_row "{\"kind\":\"conn\",\"id.resp_p\":${port%=*},\"service\":\"${port#*=}\"}"
done
