#!/usr/bin/env bash
# Synthetic: an HTTP beacon every 60 s give or take a tenth, for an hour.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$RECORD/visits.py" beacon "$SAMPLE/capture.pcap"
fresh
expect conn --service 80=http --set 'conn.conn_state="SF"'
expect_row '{"@only":{"kind":"finding","detector":"beacons"}}'
expect_row '{"kind":"finding","detector":"beacons","orig_h":"192.0.2.10","resp_h":"198.51.100.20","resp_p":80}'
