package io.hark.parse.socks;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SocksParserTest {

    private final SocksParser parser = new SocksParser();

    private TestConnection torture(Script script) {
        return Driver.torture(parser, script.steps(), 60);
    }

    @Test
    void behind_a_granted_request_comes_another_protocol() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator("\5\2\0\2")
                                .responder("\5\2")
                                .originator("\1\4user\6secret")
                                .responder("\1\0")
                                .originator("\5\1\0\3\11a.example\0\120")
                                .responder("\5\0\0\1\12\0\0\1\0\120"));

        assertThat(seen.turned).isTrue();
        assertThat(seen.confirmed).isTrue();
        assertThat(seen.names).containsExactly("socks: a.example");
        assertThat(seen.all().toString()).doesNotContain("secret");
    }

    @Test
    void the_client_may_be_the_responder() {
        TestConnection seen =
                torture(
                        new Script()
                                .responder("\5\1\0")
                                .originator("\5\0")
                                .responder("\5\1\0\1\112\175\203\147\0\120")
                                .originator("\5\0\0\1\112\175\203\147\0\120"));

        assertThat(seen.turned).isTrue();
    }

    @Test
    void version_4a_carries_a_name() {
        TestConnection seen =
                torture(
                        new Script()
                                .originator("\4\1\0\120\0\0\0\1me\0a.example\0")
                                .responder("\0\132\0\0\0\0\0\0"));

        assertThat(seen.turned).isTrue();
    }

    @Test
    void a_refusal_ends_the_reading() {
        TestConnection seen =
                torture(new Script().originator("\5\1\0").responder("\5\377").originator("hello"));

        assertThat(seen.turned).isFalse();
        assertThat(seen.confirmed).isFalse();
    }

    @Test
    void a_probe_wants_a_greeting_and_nothing_behind_it() {
        assertThat(probe("\5\1\0")).isEqualTo(Verdict.YES);
        assertThat(probe("\5\2\0")).isEqualTo(Verdict.MORE);
        assertThat(probe("\5\1\0x")).isEqualTo(Verdict.NO);
        assertThat(probe("\5\1\50")).isEqualTo(Verdict.NO);
        assertThat(probe("\4\1\0\120\1\2\3\4\0")).isEqualTo(Verdict.YES);
        assertThat(probe("\4\1\0\120\1\2\3\4\1")).isEqualTo(Verdict.NO);
        assertThat(probe("GET / HTTP/1.1\r\n")).isEqualTo(Verdict.NO);
    }

    private int probe(String head) {
        Bytes bytes = Bytes.of(head.getBytes(StandardCharsets.ISO_8859_1));
        return parser.probe(bytes, Side.ORIGINATOR);
    }
}
