#!/usr/bin/env bash
# Synthetic: the beginning of Chisel inside of a WebSocket, as it is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" chisel "$SAMPLE/capture.pcap"
fresh
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"Chisel","verified":false,"side":"implant","type":"proxy","subtype":"tunnel_opened","text":"chisel-v3 speaks SSH: SSH-2.0-chisel-v3-client"}'
expect_row '{"kind":"message","family":"Chisel","side":"operator","type":"proxy","subtype":"tunnel_opened","text":"chisel-v3 speaks SSH: SSH-2.0-chisel-v3-server"}'
