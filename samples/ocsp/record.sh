#!/usr/bin/env bash
# openssl asks its own OCSP responder about a good, a revoked and an unknown certificate; then a TLS server staples an answer.
. "$(dirname "$0")/../record/netns.sh"

certify ca ca.test -addext "basicConstraints=critical,CA:TRUE"
issue() { # NAME SERIAL
    openssl req -newkey rsa:2048 -nodes -subj "/O=Hark samples/CN=$1.test" -keyout "$WORK/$1.key" -out "$WORK/$1.csr" 2>/dev/null
    openssl x509 -req -in "$WORK/$1.csr" -CA "$WORK/ca.crt" -CAkey "$WORK/ca.key" -set_serial "0x$2" -days 3650 -out "$WORK/$1.crt" 2>/dev/null
}
issue good 10a1
issue gone 10a2
issue lost 10a3
printf 'V\t341231235959Z\t\t10A1\tunknown\t/O=Hark samples/CN=good.test\n' >"$WORK/index.txt"
printf 'R\t341231235959Z\t240102030405Z,keyCompromise\t10A2\tunknown\t/O=Hark samples/CN=gone.test\n' >>"$WORK/index.txt"
asking() { openssl ocsp -issuer "$WORK/ca.crt" -cert "$WORK/good.crt" -cert "$WORK/gone.crt" -cert "$WORK/lost.crt" -no_nonce "$@"; }
answering=(-index "$WORK/index.txt" -rsigner "$WORK/ca.crt" -rkey "$WORK/ca.key" -CA "$WORK/ca.crt" -ndays 7)
background "$SERVER" openssl ocsp "${answering[@]}" -port 8080 >/dev/null 2>&1
await listening 8080
openssl ocsp -issuer "$WORK/ca.crt" -cert "$WORK/good.crt" -no_nonce -reqout "$WORK/staple.req" >/dev/null 2>&1
openssl ocsp "${answering[@]}" -reqin "$WORK/staple.req" -respout "$WORK/staple.der" >/dev/null 2>&1
background "$SERVER" openssl s_server -accept "$SERVER4:443" -cert "$WORK/good.crt" -key "$WORK/good.key" -status_file "$WORK/staple.der" -tls1_2 -quiet
await listening 443
record left0 "tcp port 8080 or tcp port 443"
client env -C "$WORK" bash -c "$(declare -f asking); WORK=$WORK; asking -url http://$SERVER4:8080/ -noverify" >/dev/null 2>&1 || true
client openssl s_client -connect "$SERVER4:443" -servername good.test -status -tls1_2 </dev/null >/dev/null 2>&1
recorded
fresh
expect conn --service 8080=http --service 443=ssl --set 'conn.conn_state="SF"'
name=$(openssl x509 -in "$WORK/ca.crt" -noout -ocspid | sed -n 's/.*Subject OCSP hash: //p')
key=$(openssl x509 -in "$WORK/ca.crt" -noout -ocspid | sed -n 's/.*Public key OCSP hash: //p')
row() { expect_row "{\"kind\":\"ocsp\",\"hashAlgorithm\":\"sha1\",\"issuerNameHash\":\"$name\",\"issuerKeyHash\":\"$key\",$1}"; }
row '"serialNumber":"10A1","certStatus":"good"'
row "\"serialNumber\":\"10A2\",\"certStatus\":\"revoked\",\"revoketime\":$(date -d '2024-01-02 03:04:05' +%s),\"revokereason\":\"keyCompromise\""
row '"serialNumber":"10A3","certStatus":"unknown"'
row '"serialNumber":"10A1","certStatus":"good"' # stapled
