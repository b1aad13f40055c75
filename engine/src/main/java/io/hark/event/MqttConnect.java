package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A client that connects to an MQTT broker.
@Named(value = "mqtt_connect", about = "a client that connects to an MQTT broker")
public record MqttConnect(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("name of the protocol") @Nullable String proto_name,
        @About("its version: 3.1, 3.1.1, 5.0") @Nullable String proto_version,
        @About("id that the client gives itself") @Nullable String client_id,
        @About("user name given") @Nullable String username,
        @About("the broker's answer") @Nullable String connect_status,
        @About("where the broker publishes when the client is gone") @Nullable String will_topic,
        @About("what it publishes then, cut") @Nullable String will_payload)
        implements OfConnection {}
