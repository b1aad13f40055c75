package io.hark.parse.mqtt;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.MqttConnect;
import io.hark.event.MqttDetail;
import io.hark.event.MqttPublish;
import io.hark.event.MqttSubscribe;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One client's connection to a broker.
///
/// ```
/// type (4 bits)  flags (4 bits)  length (1 to 4 octets, 7 bits each, low first)  packet
/// ```
///
/// Long packets are read in part; passwords by nobody. *Source*: MQTT 3.1.1 and 5.0 (OASIS) §2, §3.
final class MqttSession implements StreamParser.Session {

    private static final int MAX_READ = 1 << 14; // octets of a packet that are looked at
    private static final int MAX_HEADER = 5;
    private static final int MAX_PAYLOAD = 1024; // characters of a message that are kept
    private static final int MAX_TOPICS = 256; // of one subscription
    private static final int MAX_WAITING = 1000; // packets without acknowledgement
    private static final int V5 = 5;

    private static final String[] SERVICE = {
        "at most once", "at least once", "exactly once", "invalid"
    };
    private static final String[] ANSWERS = {
        "Connection Accepted",
        "Connection Refused: unacceptable protocol version",
        "Connection Refused: identifier rejected",
        "Connection Refused: server unavailable",
        "Connection Refused: bad user name or password",
        "Connection Refused: not authorized"
    };

    private record Publication(
            long ts,
            boolean fromClient,
            boolean retain,
            int qos,
            String topic,
            String payload,
            long length) {}

    private record Subscription(long ts, boolean ends, List<String> topics, long[] levels) {}

    private final Connection connection;
    private final Map<Integer, Publication> published = new HashMap<>();
    private final Map<Integer, Subscription> subscribed = new HashMap<>();
    private final @Nullable MqttExchanges exchanges;
    private int version;
    private @Nullable MqttConnect connect;

    MqttSession(Connection connection) {
        this.connection = connection;
        this.exchanges =
                connection.isWanted(MqttDetail.class) ? new MqttExchanges(connection) : null;
    }

    @Override
    public int maxMessage() {
        return MAX_HEADER + MAX_READ;
    }

    /// How long type and length are; 0 where they are not all here, -1 where there is no end.
    private static int header(Bytes head) {
        int at = 1;
        while (head.peek(at) >= 0x80) {
            if (++at == MAX_HEADER) {
                return -1;
            }
        }
        return head.peek(at) < 0 ? 0 : at + 1;
    }

    private static long length(Bytes head, int header) {
        long length = 0;
        for (int i = header - 1; i > 0; i--) {
            length = length << 7 | head.peek(i) & 0x7f;
        }
        return length;
    }

    @Override
    public int frame(Bytes head, Side side) {
        int header = header(head);
        if (header <= 0) {
            return header < 0 || head.peek(0) >> 4 == 0 ? MALFORMED : MORE;
        }
        int n = header + (int) Math.min(length(head, header), MAX_READ);
        return n > head.length() ? MORE : n;
    }

    @Override
    public void message(Bytes whole, Side side) {
        int header = header(whole);
        long length = length(whole, header);
        if (length > MAX_READ) {
            connection.skip(length - MAX_READ);
        }
        int flags = whole.u8();
        whole.skip(header - 1);
        if (exchanges != null) {
            Bytes again = new Bytes().wrap(whole.array(), whole.base() + header, whole.remaining());
            exchanges.packet(flags, again, length, side);
        }
        switch (flags >> 4) {
            case 1 -> connect(whole);
            case 2 -> connected(whole);
            case 3 -> publish(whole, flags, length, side);
            case 4, 7 -> acknowledged(whole.u16());
            case 8 -> subscribe(whole, false);
            case 9 -> subscribed(whole, true);
            case 10 -> subscribe(whole, true);
            case 11 -> subscribed(whole, false);
            default -> {} // received, released, pings, disconnects
        }
    }

    private static String text(Bytes in) {
        return in.utf8(in.u16());
    }

    private void skipProperties(Bytes in) {
        if (version >= V5 && in.remaining() > 0) {
            in.skip(MqttProperties.variable(in));
        }
    }

    // ---- the client comes

    private void connect(Bytes in) {
        String name = text(in);
        version = in.u8();
        int flags = in.u8();
        in.u16(); // seconds of silence allowed
        skipProperties(in);
        String client = text(in);
        String topic = null;
        String will = null;
        if ((flags & 4) != 0) {
            skipProperties(in);
            topic = text(in);
            will = cut(text(in));
        }
        String user = (flags & 0x80) != 0 ? text(in) : null;
        if (in.ok()) {
            flushConnect();
            connect = row(name, client, user, null, topic, will, connection.now());
        }
    }

    private MqttConnect row(
            @Nullable String name,
            @Nullable String client,
            @Nullable String user,
            @Nullable String status,
            @Nullable String topic,
            @Nullable String will,
            long ts) {
        String shown =
                switch (version) {
                    case 3 -> "3.1";
                    case 4 -> "3.1.1";
                    case V5 -> "5.0";
                    default -> Integer.toString(version);
                };
        return new MqttConnect(
                ts,
                connection.now(),
                connection.uid(),
                connection.id(),
                name,
                shown,
                client,
                user,
                status,
                topic,
                will);
    }

    private void connected(Bytes in) {
        in.u8();
        int code = in.u8();
        MqttConnect asked = connect;
        if (asked != null) {
            String status = code < ANSWERS.length ? ANSWERS[code] : "code " + code;
            connect = null;
            connection.emit(
                    row(
                            asked.proto_name(),
                            asked.client_id(),
                            asked.username(),
                            status,
                            asked.will_topic(),
                            asked.will_payload(),
                            asked.ts()));
        }
    }

    private void flushConnect() {
        if (connect != null) {
            connection.emit(connect);
            connect = null;
        }
    }

    // ---- publications

    private void publish(Bytes in, int flags, long length, Side side) {
        int start = in.remaining();
        int qos = flags >> 1 & 3;
        String topic = text(in);
        int id = qos > 0 ? in.u16() : 0;
        skipProperties(in);
        long payload = length - (start - in.remaining());
        String text = cut(in.utf8((int) Math.min(in.remaining(), 4L * MAX_PAYLOAD)));
        Publication one =
                new Publication(
                        connection.now(),
                        side == Side.ORIGINATOR,
                        (flags & 1) != 0,
                        qos,
                        topic,
                        text,
                        payload);
        if (!in.ok()) {
            return;
        }
        if (qos == 0 || published.size() >= MAX_WAITING) {
            emit(one, qos == 0);
        } else {
            Publication again = published.put(id, one);
            if (again != null && (flags & 8) == 0) {
                emit(again, false);
            }
        }
    }

    private void acknowledged(int id) {
        Publication one = published.remove(id);
        if (one != null) {
            emit(one, true);
        }
    }

    private void emit(Publication one, boolean ok) {
        connection.emit(
                new MqttPublish(
                        one.ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        one.fromClient,
                        one.retain,
                        SERVICE[one.qos],
                        ok ? "ok" : "incomplete",
                        one.topic,
                        one.payload,
                        one.length));
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_PAYLOAD));
    }

    // ---- subscriptions

    private void subscribe(Bytes in, boolean ends) {
        int id = in.u16();
        skipProperties(in);
        List<String> topics = new ArrayList<>(1);
        long[] levels = new long[MAX_TOPICS];
        while (in.remaining() > 2 && topics.size() < MAX_TOPICS) {
            topics.add(text(in));
            if (!ends) {
                levels[topics.size() - 1] = in.u8() & 3;
            }
        }
        if (in.ok() && subscribed.size() < MAX_WAITING) {
            long[] told = java.util.Arrays.copyOf(levels, topics.size());
            subscribed.put(id, new Subscription(connection.now(), ends, topics, told));
        }
    }

    private void subscribed(Bytes in, boolean granted) {
        Subscription one = subscribed.remove(in.u16());
        skipProperties(in);
        if (one != null) {
            int last = granted && in.remaining() > 0 ? in.peek(in.length() - 1) : -1;
            emit(one, last < 0 ? null : last, true);
        }
    }

    private void emit(Subscription one, @Nullable Integer granted, boolean answered) {
        connection.emit(
                new MqttSubscribe(
                        one.ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        one.ends ? "MQTT::UNSUBSCRIBE" : "MQTT::SUBSCRIBE",
                        List.copyOf(one.topics),
                        one.ends ? null : one.levels,
                        granted,
                        answered));
    }

    @Override
    public void close() {
        flushConnect();
        published.keySet().stream().sorted().map(published::get).forEach(one -> emit(one, false));
        subscribed.keySet().stream()
                .sorted()
                .map(subscribed::get)
                .forEach(one -> emit(one, null, false));
        published.clear();
        subscribed.clear();
        if (exchanges != null) {
            exchanges.close();
        }
    }
}
