#!/usr/bin/env bash
# DNS and HTTP inside GRE (RFC 2784). The programs are real; the tunnel's ends are record/encapsulate.py.
. "$(dirname "$0")/../record/netns.sh"

background "$CLIENT" python3 "$RECORD/encapsulate.py" gre gre7 "$CLIENT4" "$SERVER4"
background "$SERVER" python3 "$RECORD/encapsulate.py" gre gre7 "$SERVER4" "$CLIENT4"
address "$CLIENT" gre7 10.8.0.1/24
address "$SERVER" gre7 10.8.0.2/24
serve_both 10.8.0.2
record left0 "ip proto 47"
visit 10.8.0.2
recorded
expect_visit
