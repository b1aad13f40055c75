#!/usr/bin/env bash
# Synthetic: a DNP3 master reads classes, operates a relay, restarts the outstation.
. "$(dirname "$0")/../record/synthetic.sh"

python3 "$SAMPLE/build.py" "$SAMPLE/capture.pcap"
fresh
expect conn --service 20000=dnp3 --set 'conn.conn_state="SF"'
row() { expect_row "{\"kind\":\"dnp3\",\"id.resp_p\":20000,$1}"; }
row '"ts":1700000000.040000,"fc_request":"READ","fc_reply":"RESPONSE","iin":32768'
row '"fc_request":"SELECT","fc_reply":"RESPONSE","iin":0'
row '"fc_request":"OPERATE","fc_reply":"RESPONSE","iin":0'
row '"ts":1700000000.110000,"fc_request":"DIRECT_OPERATE_NR"'
row '"fc_request":"COLD_RESTART","fc_reply":"RESPONSE","iin":0'
row '"fc_reply":"UNSOLICITED_RESPONSE","iin":512'
