#!/usr/bin/env bash
# DNS and HTTP behind two tags (802.1ad): VLAN 42 in 100. The programs are real; the tags are put on by record/encapsulate.py.
. "$(dirname "$0")/../record/netns.sh"

background "$CLIENT" python3 "$RECORD/encapsulate.py" vlan vlan42 left0 100 42
background "$SERVER" python3 "$RECORD/encapsulate.py" vlan vlan42 right0 100 42
address "$CLIENT" vlan42 10.43.0.1/24 02:00:00:2a:00:01
address "$SERVER" vlan42 10.43.0.2/24 02:00:00:2a:00:02
serve_both 10.43.0.2
record left0 "vlan 100"
visit 10.43.0.2
recorded
expect_visit --set conn.vlan=100 --set conn.inner_vlan=42
