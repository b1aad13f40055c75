#!/usr/bin/env bash
# curl fetches a 32 KB file from nginx over IPv6.
. "$(dirname "$0")/../record/netns.sh"

web "server { listen [$SERVER6]:80; server_name files.test; root $WORK/www; }"
await listening 80
python3 -c 'import random, sys; sys.stdout.buffer.write(random.Random(1).randbytes(32768))' >"$WORK/www/file.bin"
record left0 "tcp port 80"
client curl -s -A "curl (sample)" --resolve "files.test:80:$SERVER6" -o /dev/null http://files.test/file.bin
recorded
fresh
expect http conn --service 80=http --set 'conn.conn_state="SF"' --body "GET /file.bin=0,32768"
expect_file HTTP "$WORK/www/file.bin" '"is_orig":false' '"total_bytes":32768'
