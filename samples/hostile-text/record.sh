#!/usr/bin/env bash
# Synthetic: texts that try to break out of whatever shows them.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/hostile.py" "$SAMPLE/capture.pcap"
fresh
expect conn --service 8080=http --service 53=dns --set 'conn.conn_state="SF"'
expect_row '{"@only":{"kind":"finding","detector":"beacons"}}'
expect_row '{"kind":"finding","detector":"beacons","orig_h":"192.0.2.10","resp_h":"198.51.100.20","resp_p":8080}'
