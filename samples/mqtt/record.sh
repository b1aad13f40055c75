#!/usr/bin/env bash
# mosquitto's clients against mosquitto: one subscribes, one publishes with each quality of service.
. "$(dirname "$0")/../record/netns.sh"

printf 'listener 1883 %s\nallow_anonymous true\n' "$SERVER4" >"$WORK/mosquitto.conf"
background "$SERVER" mosquitto -c "$WORK/mosquitto.conf" 2>/dev/null
await listening 1883
record left0 "tcp port 1883"
client mosquitto_sub -h "$SERVER4" -i reader -t 'house/#' -q 1 -C 3 >/dev/null &
reader=$!
await grep -q reader <(sleep 0.3; echo reader)
for qos in 0 1 2; do client mosquitto_pub -h "$SERVER4" -i "writer$qos" -u ada -P not-a-secret -t "house/$qos" -m "level $qos" -q "$qos"; done
wait "$reader"
recorded
fresh
expect conn --service 1883=mqtt --set 'conn.conn_state="SF"'
connect() { expect_row "{\"kind\":\"mqtt_connect\",\"proto_name\":\"MQTT\",\"proto_version\":\"3.1.1\",\"client_id\":\"$1\",\"connect_status\":\"Connection Accepted\"$2}"; }
connect reader ""
service=("at most once" "at least once" "exactly once")
for qos in 0 1 2; do
    connect "writer$qos" ',"username":"ada"'
    expect_row "{\"kind\":\"mqtt_publish\",\"from_client\":true,\"retain\":false,\"qos\":\"${service[$qos]}\",\"status\":\"ok\",\"topic\":\"house/$qos\",\"payload\":\"level $qos\",\"payload_len\":7}"
    given=$((qos > 1 ? 1 : qos)) # what the reader asked for
    expect_row "{\"kind\":\"mqtt_publish\",\"from_client\":false,\"qos\":\"${service[$given]}\",\"status\":\"ok\",\"topic\":\"house/$qos\",\"payload\":\"level $qos\"}"
done
expect_row '{"kind":"mqtt_subscribe","action":"MQTT::SUBSCRIBE","topics":["house/#"],"qos_levels":[1],"granted_qos_level":1,"ack":true}'
