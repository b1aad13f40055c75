#!/usr/bin/env bash
# dig asks dnsmasq over UDP: address, IPv6 address, text, mail exchanger, alias, and a name that does not exist.
. "$(dirname "$0")/../record/netns.sh"

names --listen-address="$SERVER4" --bind-interfaces --host-record=web.test,10.1.2.3,2001:db8::3,600 --cname=www.test,web.test,120 \
    --txt-record=note.test,"a note for the sample","and a second string" --mx-host=mail.test,mx.test,10
record left0 "udp port 53"
for question in "web.test A" "web.test AAAA" "note.test TXT" "mail.test MX" "www.test A" "missing.test A"; do
    ask +noedns $question
done
ask web.test A # with EDNS
recorded
fresh
expect dns conn --service 53=dns --set 'conn.conn_state="SF"'
