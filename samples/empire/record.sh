#!/usr/bin/env bash
# Synthetic: an Empire agent from its first stage to a command's result, over three servers. Needs python3-cryptography.
. "$(dirname "$0")/../record/synthetic.sh"

fresh
expect_row '{"@only":{"kind":"message","type":"shell"}}'
expect_row '{"@same":"family","kind":"message"}'
python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap" | grep '"shell"' >>"$SAMPLE/expected.jsonl"
expect conn --service 8080=http
