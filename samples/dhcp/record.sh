#!/usr/bin/env bash
# udhcpc gets an address from dnsmasq and gives it back.
. "$(dirname "$0")/../record/netns.sh"

ip -n "$SERVER" addr add 192.0.2.1/24 dev right0
ip -n "$CLIENT" addr flush dev left0
printf '#!/bin/sh\nexit 0\n' >"$WORK/nothing.sh"
chmod +x "$WORK/nothing.sh"
record left0 "udp port 67 or udp port 68"
background "$SERVER" dnsmasq --no-daemon --port=0 --pid-file --user=root --conf-file=/dev/null --leasefile-ro --interface=right0 \
    --dhcp-authoritative --no-ping --dhcp-range=192.0.2.100,192.0.2.100,255.255.255.0,1800 --domain=office.test 2>"$WORK/dnsmasq.log"
await listening_udp 67
client udhcpc -i left0 -n -q -f -R -x hostname:desk7 -V sample-client -s "$WORK/nothing.sh" >/dev/null 2>&1
recorded
fresh
# two connections: the client's broadcasts, the server's answers; one transaction in both
of() { tshark -n -r "$SAMPLE/capture.pcap" -Y "$1" -T fields -E occurrence=f -e "$2" 2>/dev/null | head -1; }
mac=$(of "dhcp.type==1" dhcp.hw.mac_addr)
given=$(of "dhcp.option.dhcp==5" dhcp.ip.your)
server=$(of "dhcp.option.dhcp==5" dhcp.option.dhcp_server_id)
lease=$(of "dhcp.option.dhcp==5" dhcp.option.ip_address_lease_time)
domain=$(of "dhcp.option.dhcp==5" dhcp.option.domain_name)
name=$(of "dhcp.option.dhcp==3" dhcp.option.hostname)
asked=$(of "dhcp.option.dhcp==3" dhcp.option.requested_ip_address)
class=$(of "dhcp.option.dhcp==3" dhcp.option.vendor_class_id)
expect_row "{\"kind\":\"dhcp\",\"mac\":\"$mac\",\"host_name\":\"$name\",\"requested_addr\":\"$asked\",\"client_software\":\"$class\",\"msg_types\":[\"DISCOVER\",\"REQUEST\"]}"
expect_row "{\"kind\":\"dhcp\",\"mac\":\"$mac\",\"client_addr\":\"$given\",\"assigned_addr\":\"$given\",\"server_addr\":\"$server\",\"lease_time\":${lease%.*},\"domain\":\"$domain\",\"msg_types\":[\"OFFER\",\"ACK\"]}"
# what it gives back is a transaction of its own
back=$(of "dhcp.option.dhcp==7" dhcp.id)
[ -z "$back" ] || expect_row "{\"kind\":\"dhcp\",\"mac\":\"$mac\",\"msg_types\":[\"RELEASE\"]}"
