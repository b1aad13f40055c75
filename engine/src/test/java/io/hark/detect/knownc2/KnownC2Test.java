package io.hark.detect.knownc2;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Key;
import io.hark.Keyed;
import io.hark.event.Endpoints;
import io.hark.event.Finding;
import io.hark.event.Ssl;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KnownC2Test {

    private static final Endpoints ID =
            new Endpoints(Addr.v4(0xc000020a), 50_000, Addr.v4(0xc6336414), 4_041);

    private final List<Finding> found = new ArrayList<>();

    private static Ssl handshake(String uid, @Nullable String subject) {
        return new Ssl(
                1, 2, uid, ID, "TLSv10", null, null, null, false, null, null, true, null, null,
                null, subject, subject, null, null, null, null, null, null, "tcp", null, null, null,
                null, null, null, null, null, null);
    }

    private KnownC2.@Nullable Seen play(Ssl ssl, KnownC2.@Nullable Seen state) {
        KnownC2 detector = new KnownC2();
        List<Key> keys = new ArrayList<>();
        detector.keys(ssl, (host, peer, port, name) -> keys.add(new Key(host, peer, port, name)));
        KnownC2.Seen after = state;
        for (Key key : keys) {
            after = detector.on(ssl, after, new Turn(key));
        }
        return after;
    }

    @Test
    void a_certificate_names_its_program_and_is_told_of_once() {
        KnownC2.Seen state = null;
        for (int i = 0; i < 1; i++) {
            state = play(handshake("C" + i, "CN=AsyncRAT Server"), state);
        }
        assertThat(state).isNotNull();
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().why()).contains("S1087").contains("cannot be read");
        assertThat(found.getFirst().severity()).isEqualTo(Finding.Severity.HIGH);
    }

    @Test
    void a_name_that_only_holds_the_words_is_another() {
        play(handshake("C1", "CN=My AsyncRAT Server"), null);
        play(handshake("C2", "CN=AsyncRAT Server Research,O=Example"), null);
        play(handshake("C3", "O=AsyncRAT Server"), null);
        play(handshake("C4", null), null);
        assertThat(found).isEmpty();
    }

    private final class Turn implements Keyed.Turn<Finding> {
        private final Key key;

        Turn(Key key) {
            this.key = key;
        }

        @Override
        public Key key() {
            return key;
        }

        @Override
        public long now() {
            return 3;
        }

        @Override
        public void emit(Finding finding) {
            found.add(finding);
        }

        @Override
        public void wakeAt(long nanos) {}
    }
}
