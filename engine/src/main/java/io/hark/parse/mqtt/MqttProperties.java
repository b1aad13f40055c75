package io.hark.parse.mqtt;

import io.hark.bytes.Bytes;
import io.hark.event.Fact;
import io.hark.event.MqttDetail;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The properties that packets of version 5 have. What authenticates is not kept.
///
/// *Source*: MQTT 5.0 §2.2.2.
final class MqttProperties {

    private static final int MOST = 64; // of one packet; nobody sends half as many
    private static final int AUTHENTICATION_DATA = 22;
    private static final int USER = 38;

    private enum Form {
        OCTET,
        SHORT,
        LONG,
        VARIABLE,
        TEXT
    }

    private record Property(String name, Form form) {}

    private MqttProperties() {}

    private static @Nullable Property of(int number) {
        return switch (number) {
            case 1 -> new Property("payload_format_indicator", Form.OCTET);
            case 2 -> new Property("message_expiry_interval", Form.LONG);
            case 3 -> new Property("content_type", Form.TEXT);
            case 8 -> new Property("response_topic", Form.TEXT);
            case 9 -> new Property("correlation_data", Form.TEXT);
            case 11 -> new Property("subscription_identifier", Form.VARIABLE);
            case 17 -> new Property("session_expiry_interval", Form.LONG);
            case 18 -> new Property("assigned_client_identifier", Form.TEXT);
            case 19 -> new Property("server_keep_alive", Form.SHORT);
            case 21 -> new Property("authentication_method", Form.TEXT);
            case AUTHENTICATION_DATA -> new Property("authentication_data", Form.TEXT);
            case 23 -> new Property("request_problem_information", Form.OCTET);
            case 24 -> new Property("will_delay_interval", Form.LONG);
            case 25 -> new Property("request_response_information", Form.OCTET);
            case 26 -> new Property("response_information", Form.TEXT);
            case 28 -> new Property("server_reference", Form.TEXT);
            case 31 -> new Property("reason_string", Form.TEXT);
            case 33 -> new Property("receive_maximum", Form.SHORT);
            case 34 -> new Property("topic_alias_maximum", Form.SHORT);
            case 35 -> new Property("topic_alias", Form.SHORT);
            case 36 -> new Property("maximum_qos", Form.OCTET);
            case 37 -> new Property("retain_available", Form.OCTET);
            case USER -> new Property(MqttDetail.OWN, Form.TEXT);
            case 39 -> new Property("maximum_packet_size", Form.LONG);
            case 40 -> new Property("wildcard_subscription_available", Form.OCTET);
            case 41 -> new Property("subscription_identifier_available", Form.OCTET);
            case 42 -> new Property("shared_subscription_available", Form.OCTET);
            default -> null;
        };
    }

    /// Reads the properties that stand next; a user's own go by the name that the user gave, behind
    /// [MqttDetail#OWN].
    static List<Fact> read(Bytes in) {
        List<Fact> facts = new ArrayList<>(0);
        long length = variable(in);
        int outer = in.limit(length);
        while (in.remaining() > 0 && facts.size() < MOST) {
            int number = in.u8();
            Property property = of(number);
            if (property == null) {
                break; // and with it the length of what follows
            }
            Fact fact = value(in, number, property);
            if (in.ok() && number != AUTHENTICATION_DATA) {
                facts.add(fact);
            }
        }
        in.unlimit(outer);
        return facts;
    }

    private static Fact value(Bytes in, int number, Property property) {
        String name = number == USER ? property.name + text(in) : property.name;
        return switch (property.form) {
            case OCTET -> Fact.of(name, in.u8());
            case SHORT -> Fact.of(name, in.u16());
            case LONG -> Fact.of(name, in.u32());
            case VARIABLE -> Fact.of(name, variable(in));
            case TEXT -> Fact.of(name, text(in));
        };
    }

    private static String text(Bytes in) {
        return in.utf8(in.u16());
    }

    /// A number of one to four octets, seven bits each, low first.
    static long variable(Bytes in) {
        long number = 0;
        int octet = 0x80;
        for (int i = 0; i < 4 && octet >= 0x80; i++) {
            octet = in.u8();
            number |= (long) (octet & 0x7f) << 7 * i;
        }
        return number;
    }
}
