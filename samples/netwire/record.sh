#!/usr/bin/env bash
# Synthetic: NetWire, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" netwire "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"netwire","verified":false,"side":"implant","type":"crypto","subtype":"negotiate","text":"brings its half of the key, 64 bytes"}'
expect_row '{"kind":"message","side":"operator","type":"crypto","subtype":"negotiate","text":"brings its half of the key, 48 bytes"}'
expect_row '{"kind":"message","side":"implant","type":"crypto","subtype":"negotiate","text":"brings its half of the key, 80 bytes"}'
expect_row '{"kind":"message","side":"operator","type":"keepalive","text":"still there"}'
expect_row '{"kind":"message","side":"implant","type":"keepalive","text":"still there, 16 bytes"}'
expect_row '{"kind":"message","side":"operator","type":"monitor","subtype":"screencap","text":"a picture of the screen, 4 bytes"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"screencap","text":"a picture of the screen, 6 bytes"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"screencap","text":"part of the picture, 900 bytes"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"screencap","text":"the picture is whole"}'
expect_row '{"kind":"message","side":"operator","type":"unknown","text":"opcode 0x55"}'
