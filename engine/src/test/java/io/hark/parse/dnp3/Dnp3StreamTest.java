package io.hark.parse.dnp3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Dnp3;
import io.hark.event.Side;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/// Frames were built by `samples/dnp3/build.py`, whose CRCs tshark finds right.
class Dnp3StreamTest {

    /// COLD_RESTART from a master.
    private static final String RESTART = "056408c40a000100 fc42 c4c40d b6d7";

    /// A link status: no user data.
    private static final String LINK = "056405c40a000100 a920";

    private final Dnp3Stream parser = new Dnp3Stream();

    @Test
    void a_request_that_is_never_answered_is_told_at_the_end() {
        TestConnection seen =
                Driver.torture(parser, new Script().originator(hex(RESTART)).steps(), 60);

        assertThat(seen.events(Dnp3.class))
                .singleElement()
                .satisfies(
                        row -> {
                            assertThat(row.fc_request()).isEqualTo("COLD_RESTART");
                            assertThat(row.fc_reply()).isNull();
                            assertThat(row.iin()).isNull();
                        });
    }

    @Test
    void a_frame_of_the_link_alone_says_nothing() {
        TestConnection seen =
                Driver.torture(parser, new Script().originator(hex(LINK)).steps(), 60);

        assertThat(seen.events(Dnp3.class)).isEmpty();
        assertThat(seen.confirmed).isTrue();
    }

    @Test
    void a_header_whose_checksum_is_wrong_is_none() {
        assertThat(probe(LINK)).isEqualTo(Verdict.YES);
        assertThat(probe(LINK.substring(0, 8))).isEqualTo(Verdict.MORE);
        assertThat(probe(LINK.replace("a920", "ffff"))).isEqualTo(Verdict.NO);
        assertThat(probe("0565")).isEqualTo(Verdict.NO);
        assertThat(probe("056404")).isEqualTo(Verdict.NO);
    }

    private int probe(String octets) {
        return parser.probe(Bytes.of(hex(octets)), Side.ORIGINATOR);
    }

    private static byte[] hex(String octets) {
        return HexFormat.of().parseHex(octets.replace(" ", ""));
    }
}
