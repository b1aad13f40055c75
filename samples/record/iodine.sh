# iodine's server with a web server inside of the tunnel, and visits to it; sourced after netns.sh.

# iodined for t.test at the server, and behind it a file to fetch.
tunnel_server() {
    mkdir -p "$WORK/www"
    seq -s " " 1 40 >"$WORK/www/inside.txt"
    background "$SERVER" iodined -f -c -P hark-sample 10.53.0.1/27 t.test >"$WORK/iodined.log" 2>&1
    await listening_udp 53
    background "$SERVER" python3 -u -m http.server 8000 --bind 10.53.0.1 --directory "$WORK/www" >"$WORK/www.log" 2>&1
    await listening 8000
}

# Opens the tunnel, fetches the file through it and closes it again: through OPTION...
through() {
    local client_pid
    ip netns exec "$CLIENT" iodine -f -P hark-sample "$@" "$SERVER4" t.test >"$WORK/iodine.log" 2>&1 &
    client_pid=$!
    started+=("$client_pid")
    await grep -q "Connection setup complete" "$WORK/iodine.log" || { cat "$WORK/iodine.log" >&2; return 1; }
    client curl -s -m 20 -A "curl (sample)" -o "$WORK/got.txt" http://10.53.0.1:8000/inside.txt
    cmp "$WORK/got.txt" "$WORK/www/inside.txt"
    kill "$client_pid"
    wait "$client_pid" 2>/dev/null || true
}
