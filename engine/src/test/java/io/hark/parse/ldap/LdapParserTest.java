package io.hark.parse.ldap;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Ldap;
import io.hark.event.LdapSearch;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LdapParserTest {

    private static final String BIND = "\60\24\2\1\1\140\17\2\1\3\4\4cn=a\200\4word";
    private static final String BOUND = "\60\14\2\1\1\141\7\12\1\0\4\0\4\0";

    private final LdapParser parser = new LdapParser();

    @Test
    void a_bind_tells_who_but_not_the_password() {
        TestConnection seen =
                Driver.torture(parser, new Script().originator(BIND).responder(BOUND).steps(), 40);

        Ldap row = seen.events(Ldap.class).getFirst();
        assertThat(row.opcode()).isEqualTo("bind simple");
        assertThat(row.object()).isEqualTo("cn=a");
        assertThat(row.argument()).isEqualTo("REDACTED");
        assertThat(row.result()).isEqualTo("success");
        assertThat(seen.all().toString()).doesNotContain("word");
    }

    @Test
    void a_search_is_written_in_text_form() {
        String filter = "\244\13\4\1o\60\6\200\1S\202\1e";
        String search = "\4\0\12\1\2\12\1\0\2\1\0\2\1\0\1\1\0" + filter + "\60\0";
        String asked = "\60" + (char) (5 + search.length()) + "\2\1\2\143" + (char) search.length();
        TestConnection seen =
                Driver.run(
                        parser,
                        new Script()
                                .originator(asked + search)
                                .responder("\60\14\2\1\2\145\7\12\1\40\4\0\4\0")
                                .steps());

        LdapSearch row = seen.events(LdapSearch.class).getFirst();
        assertThat(row.filter()).isEqualTo("(o=S*e)");
        assertThat(row.scope()).isEqualTo("tree");
        assertThat(row.result()).isEqualTo("no such object");
    }

    @Test
    void other_asn1_is_not_claimed() {
        byte[] snmp = "\60\5\2\1\1\4\0".getBytes(StandardCharsets.ISO_8859_1);

        assertThat(parser.probe(Bytes.of(snmp), Side.ORIGINATOR)).isEqualTo(Verdict.NO);
    }
}
