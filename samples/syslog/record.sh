#!/usr/bin/env bash
# logger sends to a listener over UDP and over TCP, the latter with lengths before the messages.
. "$(dirname "$0")/../record/netns.sh"

background "$SERVER" /usr/bin/python3 -c 'import socket,sys
u = socket.socket(type=socket.SOCK_DGRAM); u.bind((sys.argv[1], 514))
t = socket.create_server((sys.argv[1], 514))
while True:
    c, _ = t.accept()
    while c.recv(4096): pass' "$SERVER4"
await listening 514
record left0 "port 514"
client logger -d -n "$SERVER4" -P 514 --rfc3164 -p auth.crit -t sample "over UDP"
printf "over TCP\nand again\n" | client logger -T -n "$SERVER4" -P 514 --octet-count --rfc5424=notime,notq,nohost -p local3.info -t sample
recorded
fresh
expect_row '{"kind":"syslog","proto":"udp","facility":"AUTH","severity":"CRIT"}'
expect_row '{"kind":"syslog","proto":"tcp","facility":"LOCAL3","severity":"INFO","message":"1 - - sample - - - over TCP"}'
expect_row '{"kind":"syslog","proto":"tcp","facility":"LOCAL3","severity":"INFO","message":"1 - - sample - - - and again"}'
expect_row '{"kind":"conn","proto":"udp","service":"syslog","id.resp_p":514}'
expect_row '{"kind":"conn","proto":"tcp","service":"syslog","id.resp_p":514}'
