#!/usr/bin/env bash
# sipp calls sipp over UDP: INVITE, ACK, BYE.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" sipp -sn uas -i "$SERVER4" -p 5060 -m 1 -nostdin >/dev/null 2>&1
await listening_udp 5060
record left0 "udp"
(cd "$WORK" && client sipp -sn uac -i "$CLIENT4" -p 5062 -m 1 -d 100 -nostdin "$SERVER4:5060" >/dev/null 2>&1)
recorded
fresh
expect conn --service 5060=sip --set 'conn.conn_state="SF"'
row() { expect_row "{\"kind\":\"sip\",\"id.resp_p\":5060,\"uri\":\"sip:service@$SERVER4:5060\",\"request_path\":[\"SIP/2.0/UDP $CLIENT4:5062\"],$1}"; }
row '"method":"INVITE","seq":"1 INVITE","status_code":200,"status_msg":"OK","subject":"Performance Test","content_type":"application/sdp"'
row '"method":"ACK","seq":"1 ACK","response_path":[]'
row '"method":"BYE","seq":"2 BYE","status_code":200,"status_msg":"OK","response_body_len":0'
