#!/usr/bin/env bash
# Synthetic: Gh0st, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" gh0st "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"gh0st","verified":false,"side":"implant","type":"sysinfo","text":"Windows 6.1.7601 Service Pack 1 VICTIM-PC"}'
expect_row '{"kind":"message","side":"operator","type":"shell","text":"open a shell"}'
expect_row '{"kind":"message","side":"implant","type":"shell","text":"shell started"}'
expect_row '{"kind":"message","side":"operator","type":"shell","text":"whoami"}'
expect_row '{"kind":"message","side":"implant","type":"shell","text":"victim-pc\\alice"}'
expect_row '{"kind":"message","side":"implant","type":"unknown","subtype":"binary"}'
