#!/usr/bin/env bash
# Synthetic: Remcos, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" remcos "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"remcos","verified":false,"side":"implant","type":"sysinfo","text":"Test, VICTIM-PC/alice, US, Windows 10 Pro"}'
expect_row '{"kind":"message","side":"operator","type":"keepalive","text":"keepalive"}'
expect_row '{"kind":"message","side":"implant","type":"keepalive","text":"keepalive"}'
