package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Fact;
import io.hark.event.MqttDetail;
import io.hark.event.MqttDetail.Packet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An MQTT packet and its answers, each under its type.
public final class EveMqtt implements EveMapping<MqttDetail> {

    private static final Key MQTT = new Key("mqtt");
    private static final Key USER_PROPERTIES = new Key("user_properties");
    private static final Key KEY = new Key("key");
    private static final Key VALUE = new Key("value");
    private static final Key QOS = new Key("qos");
    private static final Key RETAIN = new Key("retain");
    private static final Key DUP = new Key("dup");
    private static final Key MESSAGE_ID = new Key("message_id");
    private static final Key SESSION_PRESENT = new Key("session_present");
    private static final Key RETURN_CODE = new Key("return_code");
    private static final Key REASON_CODE = new Key("reason_code");
    private static final Key REASON_CODES = new Key("reason_codes");
    private static final Key QOS_GRANTED = new Key("qos_granted");
    private static final Key TOPIC = new Key("topic");
    private static final Key TOPICS = new Key("topics");
    private static final Key MESSAGE = new Key("message");
    private static final Key PROPERTIES = new Key("properties");
    private static final Key FLAGS = new Key("flags");
    private static final Key USERNAME = new Key("username");
    private static final Key PASSWORD = new Key("password");
    private static final Key WILL = new Key("will");
    private static final Key WILL_RETAIN = new Key("will_retain");
    private static final Key CLEAN_SESSION = new Key("clean_session");

    /// The control packets of MQTT 5.0, table 2-1.
    private static final Map<String, Key> TYPES =
            Stream.of(
                            "connect",
                            "connack",
                            "publish",
                            "puback",
                            "pubrec",
                            "pubrel",
                            "pubcomp",
                            "subscribe",
                            "suback",
                            "unsubscribe",
                            "unsuback",
                            "pingreq",
                            "pingresp",
                            "disconnect",
                            "auth")
                    .collect(Collectors.toMap(type -> type, Key::new));

    /// The mapping.
    public EveMqtt() {}

    @Override
    public Class<MqttDetail> kind() {
        return MqttDetail.class;
    }

    @Override
    public void write(MqttDetail exchange, EveLines out) {
        JsonWriter json =
                out.begin("mqtt", exchange.ts(), exchange, EveLines.TCP, !exchange.from_client());
        json.object(MQTT);
        Set<String> types = new HashSet<>();
        for (Packet packet : exchange.packets()) {
            Key type = TYPES.get(packet.type());
            if (type == null || !types.add(packet.type())) {
                continue; // sent again: an object has a name once
            }
            json.object(type).number(QOS, packet.flags() >> 1 & 3);
            json.flag(RETAIN, (packet.flags() & 1) != 0).flag(DUP, (packet.flags() & 8) != 0);
            json.number(MESSAGE_ID, packet.message_id());
            body(packet, json);
            facts(PROPERTIES, packet.properties(), json);
            json.end();
        }
        json.end();
        out.end();
    }

    private static void body(Packet packet, JsonWriter json) {
        switch (packet.type()) {
            case "connect" -> connect(packet, json);
            case "connack" -> {
                json.flag(SESSION_PRESENT, (packet.bits() & 1) != 0);
                json.number(RETURN_CODE, packet.code());
            }
            case "publish" -> {
                json.text(TOPIC, packet.topics().getFirst());
                json.text(MESSAGE, message(packet));
            }
            case "subscribe" -> {
                json.list(TOPICS);
                for (int i = 0; i < packet.topics().size(); i++) {
                    json.object().text(TOPIC, packet.topics().get(i));
                    json.number(QOS, packet.levels()[i]).end();
                }
                json.endList();
            }
            case "unsubscribe" -> json.texts(TOPICS, packet.topics());
            case "suback" -> numbers(QOS_GRANTED, packet.codes(), json);
            case "unsuback" -> numbers(REASON_CODES, packet.codes(), json);
            default -> json.number(REASON_CODE, packet.code());
        }
    }

    private static void connect(Packet packet, JsonWriter json) {
        int bits = packet.bits();
        json.object(FLAGS).flag(USERNAME, (bits & 0x80) != 0).flag(PASSWORD, (bits & 0x40) != 0);
        json.flag(WILL, (bits & 4) != 0).flag(WILL_RETAIN, (bits & 0x20) != 0);
        json.flag(CLEAN_SESSION, (bits & 2) != 0).end();
        each(packet.about(), json);
        if (!packet.topics().isEmpty()) {
            json.object(WILL).text(TOPIC, packet.topics().getFirst());
            json.text(MESSAGE, message(packet));
            facts(PROPERTIES, packet.will_properties(), json);
            json.end();
        }
    }

    /// The message as kept, and how much of it is not.
    private static String message(Packet packet) {
        String kept = packet.message() == null ? "" : packet.message();
        long lacks = packet.message_length() - MqttDetail.MAX_MESSAGE;
        return lacks <= 0 ? kept : kept + "[truncated " + lacks + " additional bytes]";
    }

    /// The protocol's own properties by name. A client names others as it likes, and one name as
    /// often as it likes: they are a list, as in Suricata 8.
    private static void facts(Key key, List<Fact> facts, JsonWriter json) {
        if (facts.isEmpty()) {
            return;
        }
        json.object(key);
        each(facts.stream().filter(fact -> !isOwn(fact)).toList(), json);
        List<Fact> own = facts.stream().filter(EveMqtt::isOwn).toList();
        if (!own.isEmpty()) {
            json.list(USER_PROPERTIES);
            for (Fact fact : own) {
                json.object().text(KEY, fact.name().substring(MqttDetail.OWN.length()));
                json.text(VALUE, fact.text()).end();
            }
            json.endList();
        }
        json.end();
    }

    private static boolean isOwn(Fact fact) {
        return fact.name().startsWith(MqttDetail.OWN);
    }

    /// A packet may repeat one; an object has a name once: the first stays.
    private static void each(List<Fact> facts, JsonWriter json) {
        Set<String> names = new HashSet<>();
        for (Fact fact : facts) {
            if (!names.add(fact.name())) {
                continue;
            }
            if (fact.number() == null) {
                json.field(fact.name()).json(fact.text() == null ? "" : fact.text());
            } else {
                json.field(fact.name()).number(fact.number().longValue());
            }
        }
    }

    private static void numbers(Key key, long[] numbers, JsonWriter json) {
        if (numbers.length > 0) {
            json.list(key);
            for (long number : numbers) {
                json.item(number);
            }
            json.endList();
        }
    }
}
