package io.hark.export.eve;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.LdapSearch;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An LDAP search and how it ended. Of the filter Suricata tells only one that asks whether an
/// attribute is there; entries found are not kept.
public final class EveLdapSearch implements EveMapping<LdapSearch> {

    private static final Key LDAP = new Key("ldap");
    private static final Key REQUEST = new Key("request");
    private static final Key SEARCH = new Key("search_request");
    private static final Key BASE = new Key("base_object");
    private static final Key SCOPE = new Key("scope");
    private static final Key ALIASES = new Key("deref_alias");
    private static final Key ATTRIBUTES = new Key("attributes");

    private static final List<String> SCOPES = List.of("base", "single", "tree");
    private static final List<String> DEREFERENCED =
            List.of("never", "searching", "finding", "always");

    /// The mapping.
    public EveLdapSearch() {}

    @Override
    public Class<LdapSearch> kind() {
        return LdapSearch.class;
    }

    @Override
    public void write(LdapSearch search, EveLines out) {
        int protocol = EveProto.number(search.proto());
        JsonWriter json = out.begin("ldap", search.ts(), search, protocol, false).object(LDAP);
        if (search.scope() != null) {
            json.object(REQUEST);
            EveLdapAnswer.message(json, "search_request", search.message_id());
            json.object(SEARCH);
            json.text(BASE, search.base_object() == null ? "" : search.base_object());
            number(json, SCOPE, SCOPES, search.scope());
            number(json, ALIASES, DEREFERENCED, search.deref_aliases());
            json.texts(ATTRIBUTES, search.attributes());
            json.end().end();
        }
        if (search.result() != null && !search.result().equals("abandoned")) {
            EveLdapAnswer.write(
                    json,
                    "search_result_done",
                    search.message_id(),
                    search.result(),
                    search.diagnostic_message());
        }
        json.end();
        out.end();
    }

    private static void number(JsonWriter json, Key key, List<String> names, @Nullable String of) {
        int number = names.indexOf(of);
        if (number >= 0) {
            json.number(key, number);
        }
    }
}
