package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An MQTT packet and those that answer it, for logs that have a line for each. Passwords are never
/// kept.
@Named(
        value = "mqtt_detail",
        log = "-",
        detailOf = MqttConnect.class,
        about = "an MQTT packet and those that answer it")
public record MqttDetail(
        @About(value = "time of the first packet", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("whether the client sent the first packet") boolean from_client,
        @About("the packets in their order") List<Packet> packets)
        implements OfConnection {

    /// Octets of a message that are kept.
    public static final int MAX_MESSAGE = 1024;

    /// Stands before the name of a property that is the user's own: it may be called as one of the
    /// protocol's is.
    public static final String OWN = "user_properties.";

    /// A packet.
    public record Packet(
            @About("its type: connect, publish, puback …") String type,
            @About("the low four bits of its first octet") int flags,
            @About("packet id") @Nullable Integer message_id,
            @About("session present, of connack; the flags of connect") int bits,
            @About("return code of connack, reason code of others") @Nullable Integer code,
            @About("codes granted, a topic each") long[] codes,
            @About("topics, of connect that of the will") List<String> topics,
            @About("levels of service asked for, a topic each") long[] levels,
            @About("what is published, cut; of connect, what the will says")
                    @Nullable String message,
            @About(value = "length of that", unit = Unit.BYTES) long message_length,
            @About("protocol, client id and user name, of connect") List<Fact> about,
            @About("properties of version 5, by the names in its table 2-4, or behind OWN")
                    List<Fact> properties,
            @About("properties of the will") List<Fact> will_properties)
            implements Stored {}
}
