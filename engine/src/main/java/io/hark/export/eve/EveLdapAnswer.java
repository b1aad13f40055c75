package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The answer that ends an LDAP request.
final class EveLdapAnswer {

    private static final Key OPERATION = new Key("operation");
    private static final Key MESSAGE_ID = new Key("message_id");
    private static final Key RESPONSES = new Key("responses");
    private static final Key RESULT_CODE = new Key("result_code");
    private static final Key MESSAGE = new Key("message");

    /// What the details of an answer stand under; others have none.
    private static final Map<String, Key> DETAILS =
            Stream.of(
                            "bind_response",
                            "add_response",
                            "modify_response",
                            "mod_dn_response",
                            "del_response",
                            "compare_response",
                            "extended_response",
                            "search_result_done")
                    .collect(Collectors.toMap(one -> one, Key::new));

    private EveLdapAnswer() {}

    /// What every message begins with.
    static void message(JsonWriter json, String operation, long id) {
        json.text(OPERATION, operation).number(MESSAGE_ID, id);
    }

    /// The list of answers, of which only the last is known.
    static void write(
            JsonWriter json, String operation, long id, String result, @Nullable String diagnosis) {
        json.list(RESPONSES).object();
        message(json, operation, id);
        Key details = DETAILS.get(operation);
        if (details != null) {
            json.object(details).text(RESULT_CODE, name(result));
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
}
