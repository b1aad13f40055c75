# Two network namespaces joined by one cable, for recording samples; sourced by samples/*/record.sh.
#
# CLIENT has 192.0.2.10 and 2001:db8:1::10 on `left0`, SERVER has 198.51.100.20 and 2001:db8:2::20 on `right0`; hardware addresses
# are locally administered. Segmentation offload is off, so that frames are what a wire would carry, with whole checksums.
# Needs root, iproute2, ethtool, tcpdump, python3 and tshark. Nothing outside the namespaces is touched, and everything that was
# started is ended by its own process id.
set -euo pipefail

SAMPLE=$(cd "$(dirname "${BASH_SOURCE[1]}")" && pwd)
RECORD=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
WORK=$(mktemp -d)
CLIENT=hark-c$$
SERVER=hark-s$$
CLIENT4=192.0.2.10
SERVER4=198.51.100.20
CLIENT6=2001:db8:1::10
SERVER6=2001:db8:2::20
export TZ=UTC LC_ALL=C
started=()

# Runs a command at the client, at the server.
client() { ip netns exec "$CLIENT" "$@"; }
server() { ip netns exec "$SERVER" "$@"; }

# Starts a command that stays, in a namespace: background NAMESPACE COMMAND...
background() {
    local where=$1
    shift
    ip netns exec "$where" "$@" &
    started+=($!)
}

clean() {
    local pid
    for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
    for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
    ip netns del "$CLIENT" 2>/dev/null || true
    ip netns del "$SERVER" 2>/dev/null || true
    rm -rf "$WORK"
}
trap clean EXIT

# Waits (5 s at most) until a command succeeds.
await() {
    local tries
    for ((tries = 0; tries < 100; tries++)); do
        "$@" >/dev/null 2>&1 && return 0
        sleep 0.05
    done
    echo "gave up waiting for: $*" >&2
    return 1
}

listening() { server ss -Hltn "sport = :$1" | grep -q .; }
listening_udp() { server ss -Hlun "sport = :$1" | grep -q .; }

ip netns add "$CLIENT"
ip netns add "$SERVER"
for where in "$CLIENT" "$SERVER"; do
    # no router solicitations and no autoconfiguration in the captures
    ip netns exec "$where" sh -c 'for i in all default; do
        echo 0 > /proc/sys/net/ipv6/conf/$i/autoconf; echo 0 > /proc/sys/net/ipv6/conf/$i/accept_ra
        echo 0 > /proc/sys/net/ipv6/conf/$i/router_solicitations; echo 0 > /proc/sys/net/ipv6/conf/$i/accept_dad; done'
    ip -n "$where" link set lo up
done
ip link add left0 netns "$CLIENT" address 02:00:00:00:01:0a type veth peer name right0 netns "$SERVER" address 02:00:00:00:02:14
client ethtool -K left0 tx off rx off tso off gso off gro off >/dev/null
server ethtool -K right0 tx off rx off tso off gso off gro off >/dev/null
ip -n "$CLIENT" addr add "$CLIENT4/24" dev left0
ip -n "$SERVER" addr add "$SERVER4/24" dev right0
ip -n "$CLIENT" addr add "$CLIENT6/64" dev left0 nodad
ip -n "$SERVER" addr add "$SERVER6/64" dev right0 nodad
ip -n "$CLIENT" link set left0 up
ip -n "$SERVER" link set right0 up
ip -n "$CLIENT" route add 198.51.100.0/24 dev left0
ip -n "$SERVER" route add 192.0.2.0/24 dev right0
ip -n "$CLIENT" -6 route add 2001:db8:2::/64 dev left0
ip -n "$SERVER" -6 route add 2001:db8:1::/64 dev right0
ip -n "$CLIENT" neigh add "$SERVER4" lladdr 02:00:00:00:02:14 dev left0 nud permanent
ip -n "$SERVER" neigh add "$CLIENT4" lladdr 02:00:00:00:01:0a dev right0 nud permanent
ip -n "$CLIENT" neigh add "$SERVER6" lladdr 02:00:00:00:02:14 dev left0 nud permanent
ip -n "$SERVER" neigh add "$CLIENT6" lladdr 02:00:00:00:01:0a dev right0 nud permanent

# Records at the client until `recorded`: record INTERFACE FILTER [tcpdump options]
record() {
    local interface=$1 filter=$2
    shift 2
    ip netns exec "$CLIENT" tcpdump -Z root --immediate-mode -U -s 0 -n -i "$interface" -w "$WORK/capture.pcap" "$@" "$filter" \
        2>"$WORK/tcpdump.log" &
    recorder=$!
    started+=("$recorder")
    await grep -q listening "$WORK/tcpdump.log"
}

# Ends the recording once the wire is quiet, and keeps it.
recorded() {
    local size=-1 now
    while now=$(stat -c %s "$WORK/capture.pcap"); [ "$now" != "$size" ]; do
        size=$now
        sleep 0.4
    done
    kill -INT "$recorder"
    wait "$recorder" || true
    cp "$WORK/capture.pcap" "$SAMPLE/capture.pcap"
    [ "$(stat -c %s "$SAMPLE/capture.pcap")" -lt 50000 ] || { echo "$SAMPLE/capture.pcap is 50 KB or more" >&2; exit 1; }
}

# Writes expected.jsonl from what tshark reads in the capture: expect KIND... (see expect.py)
expect() { python3 "$RECORD/expect.py" "$(ls "$SAMPLE"/capture.pcap*)" "$@" >>"$SAMPLE/expected.jsonl"; }
: >"$WORK/none"

# One expected row that the script knows itself, as JSON.
expect_row() { printf '%s\n' "$1" >>"$SAMPLE/expected.jsonl"; }
fresh() { : >"$SAMPLE/expected.jsonl"; }

# A files row: expect_file SOURCE FILE [FIELD:JSON...] with the size and hash of a file that was sent
expect_file() {
    local source=$1 file=$2 extra=""
    shift 2
    for field in "$@"; do extra+=",$field"; done
    expect_row "{\"kind\":\"files\",\"source\":\"$source\",\"seen_bytes\":$(stat -c %s "$file"),\"missing_bytes\":0,\"sha256\":\"$(sha256sum "$file" | cut -d' ' -f1)\"$extra}"
}

# A key and certificate made for this sample: certify NAME COMMON-NAME [openssl req options]
certify() {
    local name=$1 cn=$2
    shift 2
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/O=Hark samples/CN=$cn" -addext "subjectAltName=DNS:$cn" \
        -keyout "$WORK/$name.key" -out "$WORK/$name.crt" "$@" 2>/dev/null
}

# nginx at the server with the given server block: web "server {...}"
web() {
    mkdir -p "$WORK/www" "$WORK/nginx"
    chmod 755 "$WORK"
    cat >"$WORK/nginx.conf" <<NGINX
user root;
daemon off; worker_processes 1; pid $WORK/nginx/pid; error_log $WORK/nginx/error.log;
events { worker_connections 64; }
http {
  access_log off; default_type text/plain;
  types { text/html html shtml; text/css css; application/octet-stream bin; }
  client_body_temp_path $WORK/nginx/b; proxy_temp_path $WORK/nginx/p; fastcgi_temp_path $WORK/nginx/f;
  uwsgi_temp_path $WORK/nginx/u; scgi_temp_path $WORK/nginx/s;
  $1
}
NGINX
    background "$SERVER" nginx -c "$WORK/nginx.conf" -e "$WORK/nginx/error.log"
}

# dnsmasq at the server, authoritative for nothing but knowing *.test: names [dnsmasq options]
names() {
    background "$SERVER" dnsmasq --no-daemon --no-resolv --no-hosts --port=53 --pid-file --user=root --conf-file=/dev/null \
        --local=/test/ --local-ttl=300 "$@" 2>"$WORK/dnsmasq.log"
    await listening_udp 53
}
ask() { client dig "@$SERVER4" +tries=1 +timeout=2 "$@" >/dev/null; }

# The SHA-256 of a certificate that `certify` made, quoted.
fingerprint() { openssl x509 -in "$WORK/$1.crt" -outform DER | sha256sum | sed 's/\([0-9a-f]*\) .*/"\1"/'; }

# An x509 row from what openssl says: expect_certificate NAME COMMON-NAME
expect_certificate() {
    local serial from until
    serial=$(openssl x509 -in "$WORK/$1.crt" -noout -serial | cut -d= -f2)
    from=$(date -d "$(openssl x509 -in "$WORK/$1.crt" -noout -startdate | cut -d= -f2)" +%s)
    until=$(date -d "$(openssl x509 -in "$WORK/$1.crt" -noout -enddate | cut -d= -f2)" +%s)
    expect_row "{\"kind\":\"x509\",\"fingerprint\":$(fingerprint "$1"),\"certificate.version\":3,\"certificate.serial\":\"$serial\",\"certificate.subject\":\"CN=$2,O=Hark samples\",\"certificate.issuer\":\"CN=$2,O=Hark samples\",\"certificate.cn\":\"$2\",\"certificate.not_valid_before\":$from,\"certificate.not_valid_after\":$until,\"certificate.key_type\":\"rsa\",\"certificate.key_length\":2048,\"certificate.exponent\":\"65537\",\"san.dns\":[\"$2\"],\"basic_constraints.ca\":true}"
}

# Gives a device of a namespace an address, without IPv6 of its own: address NAMESPACE DEVICE ADDRESS/LENGTH [MAC]
address() {
    await ip -n "$1" link show "$2"
    ip netns exec "$1" sh -c "echo 1 > /proc/sys/net/ipv6/conf/$2/disable_ipv6"
    [ -z "${4:-}" ] || ip -n "$1" link set "$2" address "$4"
    ip -n "$1" addr add "$3" dev "$2"
    ip -n "$1" link set "$2" up
}

# nginx and dnsmasq at the server on one address, and what a visitor does there: visit ADDRESS
serve_both() {
    names --listen-address="$1" --bind-interfaces --host-record=inner.test,"$1"
    web "server { listen $1:80; server_name inner.test; root $WORK/www; }"
    await listening 80
    echo "inside" >"$WORK/www/inside.txt"
}
visit() {
    client dig "@$1" +tries=1 +timeout=2 +noedns inner.test A >/dev/null
    client curl -s -A "curl (sample)" --resolve "inner.test:80:$1" -o /dev/null http://inner.test/inside.txt
}
expect_visit() {
    fresh
    expect dns http --body "GET /inside.txt=0,7" "$@"
    expect conn --service 53=dns --service 80=http --set 'conn.conn_state="SF"' "$@"
}
