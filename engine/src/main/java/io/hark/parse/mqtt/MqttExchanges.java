package io.hark.parse.mqtt;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Fact;
import io.hark.event.MqttDetail;
import io.hark.event.MqttDetail.Packet;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every packet with those that answer it, for logs that want them. Made only where one does.
///
/// *Source*: MQTT 3.1.1 and 5.0 (OASIS) §3, §4.3.
final class MqttExchanges {

    private static final int MOST_OPEN = 1000; // exchanges without an end; the oldest is told
    private static final int MOST_PACKETS = 16; // of one exchange; four are usual
    private static final int MOST_TOPICS = 256; // of one subscription
    private static final int V5 = 5;
    private static final int CONNECT = 1;
    private static final int CONNACK = 2;
    private static final int PUBLISH = 3;
    private static final int PUBACK = 4;
    private static final int PUBREC = 5;
    private static final int PUBREL = 6;
    private static final int PUBCOMP = 7;
    private static final int SUBSCRIBE = 8;
    private static final int SUBACK = 9;
    private static final int UNSUBSCRIBE = 10;
    private static final int UNSUBACK = 11;
    private static final int PINGREQ = 12;
    private static final int PINGRESP = 13;
    private static final int DISCONNECT = 14;
    private static final int AUTH = 15;
    private static final long[] NONE = {};

    private static final String[] TYPES = {
        "reserved", "connect", "connack", "publish", "puback", "pubrec", "pubrel", "pubcomp",
        "subscribe", "suback", "unsubscribe", "unsuback", "pingreq", "pingresp", "disconnect",
                "auth"
    };

    /// What began an exchange: packet ids of the two sides, and of the kinds, are apart.
    private record Start(int type, boolean fromClient, int id) {}

    private record Exchange(long ts, boolean fromClient, List<Packet> packets) {}

    private final Connection connection;
    private final Map<Start, Exchange> open = new LinkedHashMap<>();
    private int version;

    MqttExchanges(Connection connection) {
        this.connection = connection;
    }

    /// Takes a packet.
    ///
    /// @param first its first octet
    /// @param in what follows its length, as far as it was read
    /// @param length octets that the packet has behind its length
    void packet(int first, Bytes in, long length, Side side) {
        int type = first >> 4;
        boolean fromClient = side == Side.ORIGINATOR;
        Packet packet = read(type, first & 0xf, in, length);
        if (!in.ok()) {
            return;
        }
        int id = packet.message_id() == null ? 0 : packet.message_id();
        int answered =
                switch (type) {
                    case CONNACK -> CONNECT;
                    case PUBACK, PUBREC, PUBREL, PUBCOMP -> PUBLISH;
                    case SUBACK -> SUBSCRIBE;
                    case UNSUBACK -> UNSUBSCRIBE;
                    case PINGRESP -> PINGREQ;
                    default -> 0;
                };
        boolean isRelease = type == PUBREL; // from whom the message came itself
        if (answered > 0
                && answer(new Start(answered, fromClient == isRelease, id), type, packet)) {
            return;
        }
        Exchange one = new Exchange(connection.now(), fromClient, new ArrayList<>(2));
        one.packets.add(packet);
        boolean waits =
                switch (type) {
                    case CONNECT, SUBSCRIBE, UNSUBSCRIBE, PINGREQ -> true;
                    case PUBLISH -> id > 0;
                    default -> false;
                };
        if (!waits) {
            emit(one);
            return;
        }
        Exchange before = open.put(new Start(type, fromClient, id), one);
        if (before != null) {
            emit(before);
        } else if (open.size() > MOST_OPEN) {
            Iterator<Exchange> oldest = open.values().iterator();
            Exchange told = oldest.next();
            oldest.remove();
            emit(told);
        }
    }

    private boolean answer(Start start, int type, Packet packet) {
        Exchange one = open.get(start);
        if (one == null) {
            return false;
        }
        if (one.packets.size() < MOST_PACKETS) {
            one.packets.add(packet);
        }
        if (type != PUBREC && type != PUBREL) {
            open.remove(start);
            emit(one);
        }
        return true;
    }

    private void emit(Exchange one) {
        connection.emit(
                new MqttDetail(
                        one.ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        one.fromClient,
                        List.copyOf(one.packets)));
    }

    /// Tells what got no answer.
    void close() {
        open.values().forEach(this::emit);
        open.clear();
    }

    // ---- packets

    private Packet read(int type, int flags, Bytes in, long length) {
        return switch (type) {
            case CONNECT -> connect(flags, in);
            case CONNACK -> {
                int bits = in.u8();
                int code = in.u8();
                yield packet(type, flags, null, bits, code, NONE, properties(in));
            }
            case PUBLISH -> publish(flags, in, length);
            case PUBACK, PUBREC, PUBREL, PUBCOMP -> {
                int id = in.u16();
                Integer code = version < V5 ? null : in.remaining() > 0 ? in.u8() : 0;
                yield packet(type, flags, id, 0, code, NONE, properties(in));
            }
            case SUBSCRIBE, UNSUBSCRIBE -> subscription(type, flags, in);
            case SUBACK, UNSUBACK -> {
                int id = in.u16();
                List<Fact> properties = properties(in);
                long[] codes = new long[Math.min(in.remaining(), MOST_TOPICS)];
                for (int i = 0; i < codes.length; i++) {
                    codes[i] = in.u8();
                }
                yield packet(type, flags, id, 0, null, codes, properties);
            }
            case DISCONNECT, AUTH -> {
                Integer code = version < V5 ? null : in.remaining() > 0 ? in.u8() : 0;
                yield packet(type, flags, null, 0, code, NONE, properties(in));
            }
            default -> packet(type, flags, null, 0, null, NONE, List.of());
        };
    }

    private Packet connect(int flags, Bytes in) {
        List<Fact> about = new ArrayList<>(4);
        about.add(Fact.of("protocol_string", text(in)));
        version = in.u8();
        about.add(Fact.of("protocol_version", version));
        int bits = in.u8();
        in.u16(); // seconds of silence allowed
        List<Fact> properties = properties(in);
        about.add(Fact.of("client_id", text(in)));
        List<Fact> willProperties = List.of();
        List<String> topics = List.of();
        String will = null;
        int size = 0;
        if ((bits & 4) != 0) {
            willProperties = properties(in);
            topics = List.of(text(in));
            size = in.u16();
            will = message(in, size);
        }
        if ((bits & 0x80) != 0) {
            about.add(Fact.of("username", text(in)));
        }
        return new Packet(
                TYPES[CONNECT],
                flags,
                null,
                bits,
                null,
                NONE,
                topics,
                NONE,
                will,
                size,
                about,
                properties,
                willProperties);
    }

    private Packet publish(int flags, Bytes in, long length) {
        int start = in.remaining();
        List<String> topics = List.of(text(in));
        Integer id = (flags & 6) != 0 ? in.u16() : null;
        List<Fact> properties = properties(in);
        long size = length - (start - in.remaining());
        return new Packet(
                TYPES[PUBLISH],
                flags,
                id,
                0,
                null,
                NONE,
                topics,
                NONE,
                message(in, in.remaining()),
                size,
                List.of(),
                properties,
                List.of());
    }

    private Packet subscription(int type, int flags, Bytes in) {
        int id = in.u16();
        List<Fact> properties = properties(in);
        List<String> topics = new ArrayList<>(1);
        long[] levels = new long[MOST_TOPICS];
        while (in.remaining() > 2 && topics.size() < MOST_TOPICS) {
            topics.add(text(in));
            if (type == SUBSCRIBE) {
                levels[topics.size() - 1] = in.u8() & 3;
            }
        }
        return new Packet(
                TYPES[type],
                flags,
                id,
                0,
                null,
                NONE,
                topics,
                type == SUBSCRIBE ? Arrays.copyOf(levels, topics.size()) : NONE,
                null,
                0,
                List.of(),
                properties,
                List.of());
    }

    private static Packet packet(
            int type,
            int flags,
            @Nullable Integer id,
            int bits,
            @Nullable Integer code,
            long[] codes,
            List<Fact> properties) {
        return new Packet(
                TYPES[type],
                flags,
                id,
                bits,
                code,
                codes,
                List.of(),
                NONE,
                null,
                0,
                List.of(),
                properties,
                List.of());
    }

    private List<Fact> properties(Bytes in) {
        return version < V5 || in.remaining() == 0 ? List.of() : MqttProperties.read(in);
    }

    /// The beginning of a message of `size` octets, all of which are passed.
    private static String message(Bytes in, int size) {
        int kept = Math.min(size, MqttDetail.MAX_MESSAGE);
        String text = in.utf8(kept);
        in.skip(size - kept);
        return text;
    }

    private static String text(Bytes in) {
        return in.utf8(in.u16());
    }
}
