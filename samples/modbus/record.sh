#!/usr/bin/env bash
# mbpoll against pymodbus: registers read and written, one that is not there.
. "$(dirname "$0")/../record/netns.sh"

cat >"$WORK/server.py" <<'PY'
import sys
from pymodbus.datastore import ModbusSequentialDataBlock, ModbusServerContext, ModbusSlaveContext
from pymodbus.server import StartTcpServer
block = lambda: ModbusSequentialDataBlock(0, [7] * 100)
StartTcpServer(context=ModbusServerContext(slaves=ModbusSlaveContext(di=block(), co=block(), hr=block(), ir=block()), single=True), address=(sys.argv[1], 502))
PY
background "$SERVER" /usr/bin/python3 "$WORK/server.py" "$SERVER4"
await listening 502
record left0 "tcp port 502"
poll() { client mbpoll -m tcp -1 -q -a 1 "$@" >/dev/null 2>&1 || true; }
poll -t 4 -r 1 -c 3 "$SERVER4"
poll -t 4 -r 2 "$SERVER4" 42
poll -t 0 -r 5 -c 8 "$SERVER4"
poll -t 4 -r 5000 -c 1 "$SERVER4"
recorded
fresh
expect conn --service 502=modbus --set 'conn.conn_state="SF"'
names=([1]=READ_COILS [3]=READ_HOLDING_REGISTERS [6]=WRITE_SINGLE_REGISTER)
"${TSHARK:-tshark}" -n -r "$SAMPLE/capture.pcap" -Y modbus -T fields -e frame.time_epoch -e tcp.dstport -e mbtcp.trans_id -e mbtcp.unit_id \
    -e modbus.func_code -e modbus.exception_code 2>/dev/null | while IFS=$'\t' read -r time port transaction unit function exception; do
    type=RESP
    [ "$port" != 502 ] || type=REQ
    [ -z "$exception" ] || exception=',"exception":"ILLEGAL_DATA_ADDRESS"'
    expect_row "{\"kind\":\"modbus\",\"id.resp_p\":502,\"ts\":${time%???},\"tid\":$transaction,\"unit\":$unit,\"func\":\"${names[$function]}\",\"pdu_type\":\"$type\"$exception}"
done
