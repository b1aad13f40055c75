#!/usr/bin/env bash
# Synthetic: the benign twin of `beacon`: as many visits of the same size in an hour, at random times.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/visits.py" random "$SAMPLE/capture.pcap"
fresh
expect conn --service 80=http --set 'conn.conn_state="SF"'
expect_row '{"@none":{"kind":"finding"}}'
