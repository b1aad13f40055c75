#!/usr/bin/env bash
# Synthetic: a stager's download, polls, tasks and callbacks of a beacon over two servers. Needs openssl and python3-cryptography.
. "$(dirname "$0")/../record/synthetic.sh"

[[ -e $SAMPLE/server.key ]] || openssl genrsa -out "$SAMPLE/server.key" 1024 2>/dev/null
fresh
python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap" "$SAMPLE/server.key" >>"$SAMPLE/expected.jsonl"
expect conn --service 80=http
