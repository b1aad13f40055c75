package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;

/// A message published by MQTT.
@Named(value = "mqtt_publish", about = "a message published by MQTT")
public record MqttPublish(
        @About(value = "time of the message", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("whether the client sent it") boolean from_client,
        @About("whether the broker keeps it for later subscribers") boolean retain,
        @About("quality of service: at most once, at least once, exactly once") String qos,
        @About("ok where it needs no acknowledgement or got it, else incomplete") String status,
        @About("topic") String topic,
        @About("the message, cut") String payload,
        @About(value = "its length", unit = Unit.BYTES) long payload_len)
        implements OfConnection {}
