package io.hark.parse.rfb;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.event.Rfb;
import org.junit.jupiter.api.Test;

class RfbParserTest {

    private static final String BANNER = "RFB 003.008\n";

    private final RfbParser parser = new RfbParser();

    @Test
    void a_server_that_offers_nothing_says_why() {
        Script script = new Script().responder(BANNER).originator(BANNER);
        script.responder("\0\0\0\0\4busy");
        Rfb row = only(Driver.torture(parser, script.steps(), 40));
        assertThat(row.auth()).isFalse();
        assertThat(row.failure_reason()).isEqualTo("busy");
    }

    @Test
    void a_wrong_password_is_refused_with_a_reason() {
        Script script = new Script().responder(BANNER).originator(BANNER);
        script.responder("\1\2").originator("\2").responder("0123456789abcdef");
        script.originator("fedcba9876543210").responder("\0\0\0\1\0\0\0\5wrong");
        Rfb row = only(Driver.torture(parser, script.steps(), 40));
        assertThat(row.authentication_method()).isEqualTo("VNC");
        assertThat(row.auth()).isFalse();
        assertThat(row.failure_reason()).isEqualTo("wrong");
    }

    @Test
    void a_reason_that_never_ends_is_not_waited_for() {
        Script script = new Script().responder(BANNER).originator(BANNER);
        script.responder("\0\377\377\377\377");
        Rfb row = only(Driver.run(parser, script.steps()));
        assertThat(row.auth()).isFalse();
        assertThat(row.failure_reason()).isNull();
    }

    private static Rfb only(TestConnection seen) {
        assertThat(seen.events(Rfb.class)).hasSize(1);
        return seen.events(Rfb.class).getFirst();
    }
}
