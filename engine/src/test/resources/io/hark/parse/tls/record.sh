#!/bin/sh
# Records the handshakes of the tests beside it: openssl s_server and s_client over loopback, seen by tshark.
# A line is what one side sent at once: O or R (originator, responder) and hex.
# Needs openssl 3 and tshark with the right to capture. Usage: record.sh OUT-DIRECTORY
set -eu
out=$1
port=44330
work=$(mktemp -d)
cd "$work"
new() { openssl req -x509 -newkey "$1" -nodes -keyout "$2.key" -out "$2.pem" -days 3650 -subj "$3" $4 $5 $6 $7 2>/dev/null; }
new rsa:2048 rsa "/C=NO/O=Example, Ltd/CN=www.example.org" -addext "subjectAltName=DNS:www.example.org,DNS:*.example.net,IP:192.0.2.7,IP:2001:db8::7,email:a@example.org,URI:https://example.org/" -addext basicConstraints=critical,CA:TRUE,pathlen:2
openssl ecparam -name prime256v1 -genkey -noout -out ec.key
openssl req -x509 -new -key ec.key -out ec.pem -days 3650 -subj "/CN=client.example.org/emailAddress=c@example.org"
# record NAME 'server options' 'client options' ['second client options']
record() {
    name=$1
    tshark -q -i lo -f "tcp port $port" -w "$name.pcap" -a duration:60 2>/dev/null & capture=$!
    openssl s_server -accept $port -cert rsa.pem -key rsa.key -quiet $2 >/dev/null 2>&1 & server=$!
    sleep 2
    shift 2
    for options in "$@"; do
        (echo ping; sleep 1) | timeout 5 openssl s_client -connect 127.0.0.1:$port $options >/dev/null 2>&1 || true
    done
    sleep 1
    kill $server; wait $server 2>/dev/null || true
    kill $capture; wait $capture 2>/dev/null || true
    port=$((port + 1))
    stream=0
    for options in "$@"; do
        [ $# = 1 ] && file=$name || file=$name-$((stream + 1))
        tshark -n -r "$name.pcap" -q -z "follow,tcp,raw,$stream" 2>/dev/null |
            sed -n -e 's/^\t\([0-9a-f]\{1,\}\)$/R \1/p' -e 's/^\([0-9a-f]\{2,\}\)$/O \1/p' >"$out/$file.txt"
        stream=$((stream + 1))
    done
}
old="-cipher DEFAULT:@SECLEVEL=0"
record tls12 "-tls1_2 -alpn h2,http/1.1" "-tls1_2 -servername www.example.org -alpn http/1.1"
record tls12-ticket "-tls1_2" "-tls1_2 -sess_out t.pem" "-tls1_2 -sess_in t.pem -servername www.example.org"
record tls12-session-id "-tls1_2 -no_ticket" "-tls1_2 -sess_out i.pem" "-tls1_2 -sess_in i.pem"
record tls12-client-certificate "-tls1_2 -Verify 1" "-tls1_2 -cert ec.pem -key ec.key"
record tls12-refused "-tls1_2 -Verify 1 -verify_return_error" "-tls1_2"
record tls12-fragments "-tls1_2 -max_send_frag 512" "-tls1_2 -servername other.example.org -max_send_frag 512"
record tls12-dhe "-tls1_2 -cipher DHE-RSA-AES128-GCM-SHA256" "-tls1_2"
record tls10 "-tls1 $old" "-tls1 $old"
record tls11 "-tls1_1 $old" "-tls1_1 $old"
record tls13 "-tls1_3 -alpn h2" "-tls1_3 -servername www.example.org -alpn h2"
record tls13-resumed "-tls1_3" "-tls1_3 -sess_out p.pem" "-tls1_3 -sess_in p.pem"
record tls13-retry "-tls1_3 -groups P-384" "-tls1_3 -groups X25519:P-384"
record tls13-no-compatibility "-tls1_3 -no_middlebox" "-tls1_3 -no_middlebox"
record version-refused "-tls1_3" "-tls1_2"
rm -rf "$work"
