#!/usr/bin/env bash
# Synthetic: PlugX over TCP, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" plugx "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"plugx","verified":false,"side":"implant","type":"sysinfo","text":"tell of the host VICTIM-PC alice"}'
expect_row '{"kind":"message","side":"operator","type":"filesystem","subtype":"dir","text":"list a folder C:\\Users\\alice"}'
expect_row '{"kind":"message","side":"implant","type":"filesystem","subtype":"dir","text":"list a folder Payroll.xlsx"}'
expect_row '{"kind":"message","side":"operator","type":"shell","subtype":"console","text":"open a shell"}'
expect_row '{"kind":"message","side":"operator","type":"shell","subtype":"console","text":"whoami"}'
expect_row '{"kind":"message","side":"implant","type":"shell","subtype":"console","text":"victim-pc\\alice"}'
expect_row '{"kind":"message","side":"implant","type":"keepalive","text":"still there"}'
