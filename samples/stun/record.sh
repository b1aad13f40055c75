#!/usr/bin/env bash
# coturn's client asks its server for the own address, and for a relay that it does not get without a name.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" turnserver -n -L "$SERVER4" --no-tls --no-dtls --no-tcp --no-cli --realm=sample.test --lt-cred-mech \
    --user=ada:sample-password --log-file "$WORK/turn.log" --pidfile "$WORK/turn.pid" >/dev/null 2>&1
await listening_udp 3478
record left0 "udp port 3478"
client turnutils_stunclient "$SERVER4" >/dev/null 2>&1 || true
recorded
fresh
of() { tshark -n -r "$SAMPLE/capture.pcap" -Y "$1" -T fields -E occurrence=f -e "$2" 2>/dev/null | head -1; }
port=$(of "stun.type==0x0001" udp.srcport)
mapped=$(of "stun.type==0x0101" stun.att.ipv4)
expect_row "{\"@only\":{\"kind\":\"stun\",\"result\":\"success\"}}"
expect_row "{\"kind\":\"stun\",\"id.orig_h\":\"$CLIENT4\",\"id.orig_p\":$port,\"id.resp_h\":\"$SERVER4\",\"id.resp_p\":3478,\"method\":\"binding\",\"result\":\"success\",\"mapped_h\":\"$mapped\",\"mapped_p\":$port,\"software\":\"$(of "stun.type==0x0101" stun.att.software)\"}"
