package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A client that wants topics of an MQTT broker, or no longer does.
@Named(value = "mqtt_subscribe", about = "a subscription at an MQTT broker")
public record MqttSubscribe(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("MQTT::SUBSCRIBE or MQTT::UNSUBSCRIBE") String action,
        @About("topics, or patterns of them") List<String> topics,
        @About("qualities of service asked for, 0 to 2") long @Nullable [] qos_levels,
        @About("the one granted for the last of them") @Nullable Integer granted_qos_level,
        @About("whether the broker answered") boolean ack)
        implements OfConnection {}
