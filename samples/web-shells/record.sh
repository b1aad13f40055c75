#!/usr/bin/env bash
# Synthetic: China Chopper, AntSword, Behinder and Godzilla, called from two addresses. Needs python3-cryptography.
. "$(dirname "$0")/../record/synthetic.sh"

fresh
python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap" >>"$SAMPLE/expected.jsonl"
expect conn --service 80=http
