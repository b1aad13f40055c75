#!/usr/bin/env bash
# Synthetic: A RAT that talks as Turkojan does, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" turkojan "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"turkojan","verified":false,"side":"operator","type":"sysinfo","text":"tell me of your host"}'
expect_row '{"kind":"message","side":"implant","type":"sysinfo","text":"192.0.2.10, US, Test, NO, alice / VICTIM-PC, Windows XP, CPU, 512, 1.2, 21.09.2026"}'
expect_row '{"kind":"message","side":"operator","type":"keepalive","text":"are you there?"}'
expect_row '{"kind":"message","side":"operator","type":"monitor","subtype":"screencap","text":"take a screenshot"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"screencap"}'
