#!/usr/bin/env bash
# Synthetic: dnscat2 consoles, in the open and sealed, and a session of commands. Needs python3-cryptography.
. "$(dirname "$0")/../record/synthetic.sh"

fresh
expect_row '{"@none":{"kind":"message","family":"iodine"}}'
python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap" >>"$SAMPLE/expected.jsonl"
