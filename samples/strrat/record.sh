#!/usr/bin/env bash
# Synthetic: STRRAT, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" strrat "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"strrat","side":"implant","type":"sysinfo","text":"alice@VICTIM-PC Windows 10 64-bit, STRRAT 1.6, none"}'
expect_row '{"@only":{"kind":"message","type":"sysinfo"}}'
