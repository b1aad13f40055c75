#!/usr/bin/env bash
# DNS and HTTP in VLAN 42 (802.1Q). The programs are real; the tags are put on by record/encapsulate.py.
. "$(dirname "$0")/../record/netns.sh"

background "$CLIENT" python3 "$RECORD/encapsulate.py" vlan vlan42 left0 42
background "$SERVER" python3 "$RECORD/encapsulate.py" vlan vlan42 right0 42
address "$CLIENT" vlan42 10.42.0.1/24 02:00:00:2a:00:01
address "$SERVER" vlan42 10.42.0.2/24 02:00:00:2a:00:02
serve_both 10.42.0.2
record left0 "vlan 42"
visit 10.42.0.2
recorded
expect_visit --set conn.vlan=42
