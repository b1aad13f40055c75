#!/usr/bin/env bash
# Synthetic: One agent over two servers: first check-in with the key, polls, a job and its output; the magic is not the usual one. Needs python3-cryptography.
. "$(dirname "$0")/../record/synthetic.sh"

fresh
python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap" >>"$SAMPLE/expected.jsonl"
expect conn --service 80=http
