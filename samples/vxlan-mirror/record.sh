#!/usr/bin/env bash
# DNS and HTTP between two hosts inside VXLAN 7: one pair of outer addresses, as a mirror port sends it.
. "$(dirname "$0")/../record/netns.sh"

ip -n "$CLIENT" link add vx0 type vxlan id 7 local "$CLIENT4" remote "$SERVER4" dstport 4789 dev left0
ip -n "$SERVER" link add vx0 type vxlan id 7 local "$SERVER4" remote "$CLIENT4" dstport 4789 dev right0
address "$CLIENT" vx0 10.7.0.1/24 02:00:00:07:00:01
address "$SERVER" vx0 10.7.0.2/24 02:00:00:07:00:02
# neighbours are known, so that no ARP goes through the tunnel
ip -n "$CLIENT" neigh add 10.7.0.2 lladdr 02:00:00:07:00:02 dev vx0 nud permanent
ip -n "$SERVER" neigh add 10.7.0.1 lladdr 02:00:00:07:00:01 dev vx0 nud permanent
serve_both 10.7.0.2
record left0 "udp port 4789"
visit 10.7.0.2
recorded
expect_visit
expect conn --outside vxlan --service 4789=vxlan --set 'conn.conn_state="S0"' --set 'conn.history="D"' # each way has ports of its own
