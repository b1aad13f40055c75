#!/usr/bin/env bash
# Synthetic: an SCTP association from INIT to SHUTDOWN COMPLETE, and one that is refused.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap"
fresh
ends='"id.orig_h":"192.0.2.10","id.resp_h":"198.51.100.20","id.resp_p":3868'
expect_row '{"kind":"sctp","id.orig_p":40000,'"$ends"',"ts":1700000000.000000,"state":"SF","history":"ShAaDdFf","orig_vtag":168496141,"resp_vtag":4059231220,"orig_streams":8,"resp_streams":4,"orig_addrs":["192.0.2.10","192.0.2.11"],"orig_data":2,"resp_data":1,"orig_data_bytes":24,"resp_data_bytes":24,"streams":[0,5],"ppids":[46,0],"foreign_vtags":1}'
expect_row '{"kind":"sctp","id.orig_p":40001,'"$ends"',"ts":1700000000.260000,"state":"REJ","history":"Sr","orig_data":0,"abort_cause":0,"foreign_vtags":0}'
