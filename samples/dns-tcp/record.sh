#!/usr/bin/env bash
# dig asks dnsmasq for text that does not fit in a datagram: the answer is truncated and dig asks again over TCP.
. "$(dirname "$0")/../record/netns.sh"

long=$(printf 'x%.0s' {1..180})
names --listen-address="$SERVER4" --bind-interfaces --host-record=web.test,10.1.2.3 --txt-record=long.test,"1$long" \
    --txt-record=long.test,"2$long" --txt-record=long.test,"3$long" --txt-record=long.test,"4$long"
record left0 "port 53"
ask +noedns long.test TXT
client dig "@$SERVER4" +tries=1 +timeout=2 +tcp +keepopen +noedns web.test A web.test AAAA >/dev/null # two questions, one connection
recorded
fresh
expect dns conn --service 53=dns --set 'conn.conn_state="SF"'
