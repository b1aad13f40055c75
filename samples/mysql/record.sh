#!/usr/bin/env bash
# mariadb against mariadbd: a login that is refused, one that is not, statements, an error.
. "$(dirname "$0")/../record/netns.sh"

chmod 755 "$WORK"
mkdir "$WORK/data"
chown mysql "$WORK/data"
mariadb-install-db --user=mysql --datadir="$WORK/data" --skip-test-db >/dev/null 2>&1
cat >"$WORK/init.sql" <<SQL
CREATE USER 'ada'@'%' IDENTIFIED BY 'not-a-secret';
CREATE DATABASE shop;
GRANT ALL ON shop.* TO 'ada'@'%';
SQL
background "$SERVER" mariadbd --no-defaults --user=mysql --datadir="$WORK/data" --bind-address="$SERVER4" --port=3306 \
    --socket="$WORK/data/sock" --init-file="$WORK/init.sql" --skip-name-resolve >/dev/null 2>&1
await listening 3306
sql() { client mariadb --no-defaults --skip-ssl -h "$SERVER4" -P 3306 -u ada "$@" >/dev/null 2>&1 || true; }
record left0 "tcp port 3306"
sql -pwrong -e 'SELECT 1'
sql -pnot-a-secret --force -D shop <<SQL
CREATE TABLE fruit (name TEXT, price INT);
INSERT INTO fruit VALUES ('apple', 3), ('pear', 4);
SELECT * FROM fruit;
SELECT * FROM vegetables;
SQL
recorded
fresh
expect conn --service 3306=mysql --set 'conn.conn_state="SF"'
row() { expect_row "{\"kind\":\"mysql\",\"id.resp_p\":3306,$1}"; }
row "\"cmd\":\"login\",\"arg\":\"ada\",\"success\":false,\"response\":\"Access denied for user 'ada'@'$CLIENT4' (using password: YES)\""
row '"cmd":"login","arg":"ada","success":true,"rows":0'
row '"cmd":"query","arg":"CREATE TABLE fruit (name TEXT, price INT)","success":true,"rows":0'
row "\"cmd\":\"query\",\"arg\":\"INSERT INTO fruit VALUES ('apple', 3), ('pear', 4)\",\"success\":true,\"rows\":2"
row '"cmd":"query","arg":"SELECT * FROM fruit","success":true,"rows":0'
row "\"cmd\":\"query\",\"arg\":\"SELECT * FROM vegetables\",\"success\":false,\"response\":\"Table 'shop.vegetables' doesn't exist\""
row '"cmd":"quit","arg":""'
