#!/usr/bin/env bash
# Synthetic: One Grunt over two servers: polls, a task in a page, its answer in a form. Needs python3-cryptography.
. "$(dirname "$0")/../record/synthetic.sh"

fresh
python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap" >>"$SAMPLE/expected.jsonl"
expect conn --service 80=http
