#!/usr/bin/env bash
# curl and ncat against nginx: GET, POST, a chunked body, gzip, HEAD, 304, several requests on one connection, two pipelined.
. "$(dirname "$0")/../record/netns.sh"

web "server {
  listen $SERVER4:80; server_name web.test; root $WORK/www; ssi on; etag on;
  location /packed { gzip on; gzip_types text/css; gzip_min_length 1; }
  location /form { return 201 'thank you'; }
}"
await listening 80
echo '<html><body>hello from nginx</body></html>' >"$WORK/www/index.html"
mkdir "$WORK/www/packed"
for ((i = 0; i < 60; i++)); do echo ".rule$((i % 7)) { color: #00$((10 + i % 5))ff; margin: $((i % 3))px; }"; done >"$WORK/www/packed/style.css"
echo '<html><!--# set var="x" value="1" -->assembled by the server, length not known before</html>' >"$WORK/www/parts.shtml"
echo "a" >"$WORK/www/a.txt"
echo "second" >"$WORK/www/b.txt"
url=http://web.test
curl_() { client curl -s -A "curl (sample)" --resolve "web.test:80:$SERVER4" "$@"; }

record left0 "tcp port 80"
curl_ -o /dev/null "$url/"
curl_ -o /dev/null -d 'name=value&other=thing' "$url/form"
curl_ -o "$WORK/parts" "$url/parts.shtml"
curl_ -o /dev/null --compressed "$url/packed/style.css"
curl_ -o /dev/null -I "$url/a.txt"
curl_ -o /dev/null -z "$WORK/www/a.txt" "$url/a.txt"
curl_ -o /dev/null "$url/a.txt" -o /dev/null "$url/b.txt" -o /dev/null "$url/missing.txt"
printf 'GET /%s.txt HTTP/1.1\r\nHost: web.test\r\nUser-Agent: by hand\r\nConnection: %s\r\n\r\n' a keep-alive b close |
    client ncat "$SERVER4" 80 >"$WORK/pipelined"
recorded
curl_ -o "$WORK/missing" "$url/missing.txt"
missing=$(stat -c %s "$WORK/missing")
fresh
css=$(stat -c %s "$WORK/www/packed/style.css")
expect http --set 'http.tags=[]' --body "GET /=0,$(stat -c %s "$WORK/www/index.html")" --body "POST /form=22,9" \
    --body "GET /parts.shtml=0,$(stat -c %s "$WORK/parts")" --body "GET /packed/style.css=0,$css" --body "HEAD /a.txt=0,0" \
    --body "GET /a.txt 200=0,2" --body "GET /a.txt 304=0,0" --body "GET /b.txt=0,7" --body "GET /missing.txt=0,$missing"
expect conn --service 80=http --set 'conn.conn_state="SF"'
printf '%s' 'name=value&other=thing' >"$WORK/form"
printf '%s' 'thank you' >"$WORK/thanks"
expect_file HTTP "$WORK/form" '"is_orig":true'
for body in www/index.html thanks parts www/packed/style.css www/a.txt www/b.txt missing www/a.txt www/b.txt; do
    expect_file HTTP "$WORK/$body" '"is_orig":false'
done
