#!/usr/bin/env bash
# Synthetic: IP packets of an HTTP exchange in the payload of echoes.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/echoed.py" "$SAMPLE/capture.pcap"
fresh
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"@only":{"kind":"conn","service":"http"}}'
expect_row '{"kind":"message","family":"icmp-ip","side":"unknown","type":"proxy","subtype":"tunnel_opened"}'
expect_row '{"kind":"message","family":"icmp-ip","type":"proxy","subtype":"tunnel_closed"}'
expect_row '{"kind":"conn","id.orig_h":"10.7.0.2","id.resp_h":"10.7.0.1","service":"http","conn_state":"SF"}'
expect_row '{"kind":"http","uri":"/inside.txt","status_code":200,"response_body_len":7}'
