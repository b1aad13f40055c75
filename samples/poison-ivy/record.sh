#!/usr/bin/env bash
# Synthetic: Poison Ivy 2.32 under a password, as its protocol is described. Needs openssl with Camellia.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" poisonivy "$SAMPLE/capture.pcap"
fresh
expect conn --set 'conn.conn_state="SF"'
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"poison-ivy","verified":false,"side":"operator","type":"crypto","subtype":"negotiate","text":"Poison Ivy 2.32, its password is known","secret":"the server"}'
expect_row '{"kind":"message","side":"implant","type":"sysinfo","secret":"the server"}'
expect_row '{"kind":"message","side":"operator","type":"filesystem","subtype":"dir","text":"list a folder C:\\Users\\alice\\"}'
expect_row '{"kind":"message","side":"implant","type":"filesystem","subtype":"dir"}'
expect_row '{"kind":"message","side":"operator","type":"monitor","subtype":"screencap"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"screencap","text":"a picture of the screen"}'
expect_row '{"kind":"message","side":"implant","type":"monitor","subtype":"credentials","text":"hashes of passwords, not shown"}'
expect_row '{"kind":"message","side":"implant","type":"keepalive","text":"still there"}'
