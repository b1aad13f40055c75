#!/usr/bin/env bash
# Synthetic: njRAT, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" njrat "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"njrat","verified":true,"side":"implant","type":"sysinfo","text":"alice@VICTIM-PC Win 10 Pro SP0 x64, njRAT im523, victim Test_0A1B2C3D"}'
expect_row '{"kind":"message","side":"implant","type":"sysinfo","text":"settings: Test, c2.test:5552, TEMP, update.exe, True, False"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"window","text":"window in front: Payroll.xlsx"}'
expect_row '{"kind":"message","side":"operator","type":"monitor","subtype":"screencap","text":"take a screenshot 35, 23"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"screencap","text":"JPEG, 2070 bytes"}'
expect_row '{"kind":"message","verified":false,"side":"operator","type":"process","subtype":"enumerate","text":"processes"}'
expect_row '{"kind":"message","type":"keepalive","text":"2 heartbeats"}'
