#!/usr/bin/env bash
# Synthetic: An agent that checks in in the open and then speaks under its pre-shared key, over two servers. Needs python3-cryptography.
. "$(dirname "$0")/../record/synthetic.sh"

fresh
python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap" >>"$SAMPLE/expected.jsonl"
expect conn --service 80=http
