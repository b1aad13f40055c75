package io.hark.parse.stun;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.DatagramParser;
import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.Stun;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StunParserTest {

    private static final String HEAD = "\41\22\244\102twelve octet";

    /// RFC 8489 §14.2: 192.0.2.1, port 32853, masked by the cookie.
    private static final String MAPPED = "\0\40\0\10\0\1\241\107\341\22\246\103";

    private final StunParser parser = new StunParser();

    @Test
    void a_masked_address_is_unmasked() {
        TestConnection seen =
                Driver.torture(
                        parser,
                        new Script()
                                .originator("\0\1\0\0" + HEAD)
                                .responder("\1\1\0\14" + HEAD + MAPPED)
                                .steps(),
                        40);

        Stun row = seen.events(Stun.class).getFirst();
        assertThat(row.result()).isEqualTo("success");
        assertThat(String.valueOf(row.mapped_h())).isEqualTo("192.0.2.1");
        assertThat(row.mapped_p()).isEqualTo(32853);
    }

    @Test
    void what_shares_the_connection_is_left_to_others() {
        DatagramParser.Session session = parser.open(new TestConnection());
        byte[] dtls = "\26\376\375\0\0\0\0\0\0\0\0\0\1\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] stun = ("\0\1\0\0" + HEAD).getBytes(StandardCharsets.ISO_8859_1);

        assertThat(session.takes(Bytes.of(dtls), Side.ORIGINATOR)).isFalse();
        assertThat(session.takes(Bytes.of(stun), Side.ORIGINATOR)).isTrue();
    }
}
