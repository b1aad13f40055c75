#!/usr/bin/env bash
# Synthetic: Meterpreter, as its protocol is described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" meterpreter "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"meterpreter","verified":false,"side":"operator","type":"crypto","subtype":"negotiate","text":"request method core_negotiate_tlv_encryption, rsa_public 294 bytes"}'
expect_row '{"kind":"message","side":"implant","type":"crypto","text":"answer method core_negotiate_tlv_encryption, encrypted_key 256 bytes, result 0"}'
expect_row '{"kind":"message","side":"operator","type":"unknown","subtype":"binary"}'
