package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Ldap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// An LDAP request other than a search, and its answer.
public final class EveLdap implements EveMapping<Ldap> {

    private static final Key LDAP = new Key("ldap");
    private static final Key REQUEST = new Key("request");
    private static final Key VERSION = new Key("version");
    private static final Key NAME = new Key("name");
    private static final Key SASL = new Key("sasl");
    private static final Key MECHANISM = new Key("mechanism");

    /// Where the name of what a request is about stands; the details of others are not known.
    private static final Map<String, Key> SUBJECTS =
            Map.of(
                    "add", new Key("entry"),
                    "modify", new Key("object"),
                    "mod_dn", new Key("entry"),
                    "del", new Key("dn"),
                    "compare", new Key("entry"));

    /// What the details of a request stand under, by operation.
    private static final Map<String, Key> REQUESTS =
            Stream.concat(Stream.of("bind"), SUBJECTS.keySet().stream())
                    .collect(Collectors.toMap(one -> one, one -> new Key(one + "_request")));

    /// The mapping.
    public EveLdap() {}

    @Override
    public Class<Ldap> kind() {
        return Ldap.class;
    }

    @Override
    public void write(Ldap ldap, EveLines out) {
        String operation = operation(ldap.opcode());
        int protocol = EveProto.number(ldap.proto());
        JsonWriter json = out.begin("ldap", ldap.ts(), ldap, protocol, false).object(LDAP);
        json.object(REQUEST);
        EveLdapAnswer.message(json, operation + "_request", ldap.message_id());
        request(json, operation, ldap);
        json.end();
        if (ldap.result() != null && !ldap.result().equals("abandoned")) {
            EveLdapAnswer.write(
                    json,
                    operation + "_response",
                    ldap.message_id(),
                    ldap.result(),
                    ldap.diagnostic_message());
        }
        json.end();
        out.end();
    }

    private static void request(JsonWriter json, String operation, Ldap ldap) {
        Key details = REQUESTS.get(operation);
        String object = ldap.object();
        if (details == null || object == null && ldap.version() == null) {
            return;
        }
        json.object(details);
        Key subject = SUBJECTS.get(operation);
        if (subject != null) {
            json.text(subject, object);
        } else {
            json.number(VERSION, ldap.version()).text(NAME, object == null ? "" : object);
            mechanism(json, ldap);
        }
        json.end();
    }

    private static void mechanism(JsonWriter json, Ldap ldap) {
        String mechanism = ldap.argument();
        if (ldap.opcode().equals("bind SASL") && mechanism != null) {
            json.object(SASL).text(MECHANISM, mechanism).end();
        }
    }

    private static String operation(String opcode) {
        if (opcode.startsWith("bind")) {
            return "bind";
        }
        return switch (opcode) {
            case "modify DN" -> "mod_dn";
            case "delete" -> "del";
            default -> opcode;
        };
    }
}
