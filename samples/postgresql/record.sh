#!/usr/bin/env bash
# psql against postgres: TLS refused, a login, statements, an error; then openssl asks for TLS and gets it.
. "$(dirname "$0")/../record/netns.sh"

BIN=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
chmod 755 "$WORK"
certify db db.test
mkdir "$WORK/data" "$WORK/tls"
chown postgres "$WORK/data" "$WORK/tls" "$WORK/db.key" "$WORK/db.crt"
chmod 600 "$WORK/db.key"
as() { setpriv --reuid=postgres --regid=postgres --clear-groups "$@"; }
as "$BIN/initdb" -D "$WORK/data" -A trust --no-locale -E UTF8 >/dev/null
echo "host all all 192.0.2.0/24 trust" >>"$WORK/data/pg_hba.conf"
serve() {
    background "$SERVER" setpriv --reuid=postgres --regid=postgres --clear-groups "$BIN/postgres" -D "$WORK/data" -h "$SERVER4" -k "$WORK/tls" "$@" 2>/dev/null
}
cp -a "$WORK/data" "$WORK/data2"
serve -p 5432
background "$SERVER" setpriv --reuid=postgres --regid=postgres --clear-groups "$BIN/postgres" -D "$WORK/data2" -h "$SERVER4" -k "$WORK/tls" -p 5433 \
    -c ssl=on -c ssl_cert_file="$WORK/db.crt" -c ssl_key_file="$WORK/db.key" 2>/dev/null
await listening 5432
await listening 5433
await as "$BIN/pg_isready" -h "$WORK/tls" -p 5432
await as "$BIN/pg_isready" -h "$WORK/tls" -p 5433
record left0 "tcp portrange 5432-5433"
client env PGGSSENCMODE=disable psql -q -h "$SERVER4" -U postgres postgres >/dev/null 2>&1 <<'SQL' || true
CREATE TABLE fruit (name TEXT, price INT);
INSERT INTO fruit VALUES ('apple', 3), ('pear', 4);
SELECT * FROM fruit;
SELECT * FROM vegetables;
SQL
client openssl s_client -starttls postgres -tls1_2 -connect "$SERVER4:5433" </dev/null >/dev/null 2>&1 || true
recorded
fresh
expect ssl
expect_row '{"kind":"conn","id.resp_p":5432,"service":"postgresql"}'
expect_row '{"kind":"conn","id.resp_p":5433,"service":"postgresql,ssl"}'
row() { expect_row "{\"kind\":\"postgresql\",\"id.resp_p\":5432,$1}"; }
row '"frontend":"ssl_request","success":false,"backend":"ssl_reply","backend_arg":"N"'
row '"frontend":"startup","user":"postgres","database":"postgres","application_name":"psql","success":true,"backend":"auth_ok"'
row '"frontend":"simple_query","frontend_arg":"CREATE TABLE fruit (name TEXT, price INT);","success":true,"backend_arg":"CREATE TABLE"'
row "\"frontend\":\"simple_query\",\"frontend_arg\":\"INSERT INTO fruit VALUES ('apple', 3), ('pear', 4);\",\"success\":true,\"backend_arg\":\"INSERT 0 2\""
row '"frontend":"simple_query","frontend_arg":"SELECT * FROM fruit;","success":true,"backend_arg":"SELECT 2","rows":2'
row '"frontend":"simple_query","frontend_arg":"SELECT * FROM vegetables;","success":false,"backend":"error","backend_arg":"ERROR: relation \"vegetables\" does not exist"'
row '"frontend":"terminate"'
expect_row '{"kind":"postgresql","id.resp_p":5433,"frontend":"ssl_request","success":true,"backend":"ssl_reply","backend_arg":"S"}'
