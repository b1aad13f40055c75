#!/usr/bin/env bash
# Synthetic: Agent Tesla's reports by mail and FTP, as they are described.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/reports.py" "$SAMPLE/capture.pcap"
fresh
expect_row '{"@same":"conversation","kind":"message"}'
expect_row '{"kind":"message","family":"Agent Tesla","verified":false,"side":"implant","type":"sysinfo","text":"alice@VICTIM-PC Microsoft Windows 10 Pro"}'
expect_row '{"kind":"message","type":"monitor","subtype":"credentials","text":"login for https://mail.test/login as alice, out of Firefox"}'
expect_row '{"kind":"message","type":"monitor","subtype":"credentials","text":"login for ftp.test as backup, out of FileZilla"}'
expect_row '{"kind":"message","type":"monitor","subtype":"keystroke","text":"[ Payroll - Editor ] (09/21/2026 08:20:00)\nhello{ENTER}"}'
expect_row '{"kind":"message","type":"monitor","subtype":"screencap","text":"a screenshot, 278 bytes"}'
expect_row '{"kind":"message","type":"monitor","subtype":"credentials","text":"login for https://mail.test/login as alice, out of Firefox"}'
expect_row '{"kind":"message","type":"monitor","subtype":"credentials","text":"login for ftp.test as backup, out of FileZilla"}'
