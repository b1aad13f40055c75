package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Ldap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// An LDAP request other than a search, and its answer.
public final class EveLdap implements EveMapping<Ldap> {

    private static final Key LDAP = new Key("ldap");
    private static final Key REQUEST = new Key("request");
    private static final Key OPERATION = new Key("operation");
    private static final Key MESSAGE_ID = new Key("message_id");
    private static final Key RESPONSES = new Key("responses");
    private static final Key RESULT_CODE = new Key("result_code");
    private static final Key MESSAGE = new Key("message");

    /// What the details of an answer stand under, by operation; others have none.
    private static final Map<String, Key> ANSWERS =
            Stream.of("bind", "add", "modify", "mod_dn", "del", "compare", "extended")
                    .collect(Collectors.toMap(one -> one, one -> new Key(one + "_response")));

    /// The mapping.
    public EveLdap() {}

    @Override
    public Class<Ldap> kind() {
        return Ldap.class;
    }

    @Override
    public void write(Ldap ldap, EveLines out) {
        String operation = operation(ldap.opcode());
        JsonWriter json = out.begin("ldap", ldap.ts(), ldap, EveLines.TCP, false).object(LDAP);
        json.object(REQUEST).text(OPERATION, operation + "_request");
        json.number(MESSAGE_ID, ldap.message_id()).end();
        answer(json, operation, ldap.message_id(), ldap.result(), ldap.diagnostic_message());
        json.end();
        out.end();
    }

    /// The answer, if there was one.
    private static void answer(
            JsonWriter json,
            String operation,
            long id,
            @Nullable String result,
            @Nullable String diagnosis) {
        if (result == null || result.equals("abandoned")) {
            return;
        }
        json.list(RESPONSES).object();
        json.text(OPERATION, operation + "_response").number(MESSAGE_ID, id);
        Key response = ANSWERS.get(operation);
        if (response != null) {
            json.object(response).text(RESULT_CODE, name(result));
            json.text(MESSAGE, diagnosis == null ? "" : diagnosis).end();
        }
        json.end().endList();
    }

    /// RFC 4511 writes `invalidCredentials` for what events call "invalid credentials".
    private static String name(String result) {
        StringBuilder name = new StringBuilder();
        for (String word : result.split(" ")) {
            boolean first = name.isEmpty() || word.isEmpty();
            name.append(
                    first
                            ? word
                            : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
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
