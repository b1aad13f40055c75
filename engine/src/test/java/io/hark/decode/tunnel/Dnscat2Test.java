package io.hark.decode.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Keyring;
import io.hark.Secret;
import io.hark.carry.Carried;
import io.hark.decode.Rehearsal;
import io.hark.event.Message;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// dnscat2 in the open and sealed, by several taps and servers, with keys and without.
class Dnscat2Test {

    private static final String CLEAR = "c.test 4369";
    private static final String SEALED = "c.test 8738";
    private static final Keyring NONE = Keyring.EMPTY;

    private static Rehearsal<Dnscat2Session> read(Keyring keyring, List<Carried> pieces) {
        return TunnelWays.play(new Dnscat2(), keyring, pieces);
    }

    private static List<Carried> sample() throws IOException {
        return TunnelWays.pieces(new Dnscat2(), "dnscat2");
    }

    private static List<String> lines(Rehearsal<Dnscat2Session> rehearsal, String conversation) {
        return rehearsal.said.stream()
                .filter(message -> message.conversation().equals(conversation))
                .filter(message -> message.type().equals("shell"))
                .map(message -> message.side() + " " + message.text())
                .toList();
    }

    private static Keyring key(int from) {
        byte[] octets = new byte[32];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) (from + i);
        }
        return new Keyring(List.of(new Secret("k", Secret.Kind.BYTES, Map.of("bytes", octets))));
    }

    @Test
    void salsa20_gives_the_stream_of_its_test_vector() {
        // ECRYPT's verified vectors, set 1, vector 0 of 256 bits
        byte[] key = new byte[32];
        key[0] = (byte) 0x80;
        byte[] stream = Salsa20.apply(key, new byte[8], new byte[16]);
        assertThat(HexFormat.of().withUpperCase().formatHex(stream))
                .isEqualTo("E3BE8FDD8BECA2E3EA8EF9475B29A6E7");
    }

    @Test
    void a_sealed_console_reads_the_same_with_the_private_key_of_either_end() throws IOException {
        List<String> open = lines(read(NONE, sample()), CLEAR);
        assertThat(open).hasSize(4);
        assertThat(lines(read(key(0), sample()), SEALED)).isEqualTo(open);
        assertThat(lines(read(key(32), sample()), SEALED)).isEqualTo(open);
    }

    @Test
    void a_pre_shared_secret_opens_nothing() throws IOException {
        byte[] words = "hark-sample".getBytes(StandardCharsets.UTF_8);
        Secret secret = new Secret("psk", Secret.Kind.PASSWORD, Map.of("password", words));
        Rehearsal<Dnscat2Session> rehearsal = read(new Keyring(List.of(secret)), sample());
        assertThat(lines(rehearsal, SEALED)).isEmpty();
        assertThat(rehearsal.wanted).contains(Secret.Kind.BYTES);
        assertThat(rehearsal.said)
                .filteredOn(message -> message.conversation().equals(SEALED))
                .extracting(Message::subtype)
                .containsExactly("tunnel_opened", "tunnel_closed");
    }

    @Test
    void it_is_one_conversation_over_servers_and_taps() throws IOException {
        Rehearsal<Dnscat2Session> once = read(key(0), sample());
        for (List<Carried> pieces :
                List.of(
                        TunnelWays.twoTaps(sample(), 1),
                        TunnelWays.twoTaps(sample(), 3),
                        TunnelWays.threeServers(sample()))) {
            Rehearsal<Dnscat2Session> other = read(key(0), pieces);
            assertThat(other.lines()).isEqualTo(once.lines());
            assertThat(other.conversations()).isEqualTo(once.conversations());
        }
    }

    @Test
    void octets_are_put_in_order_around_the_end_of_the_numbers() {
        Dnscat2Stream stream = Dnscat2Stream.NEW.begin(0xfffe);
        stream = stream.take(1, new byte[] {4, 5});
        assertThat(stream.unread()).isEmpty();
        stream = stream.take(0xfffe, new byte[] {1, 2, 3}).take(0xffff, new byte[] {2, 3, 4, 5, 6});
        assertThat(stream.unread()).isEqualTo(new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(stream.missing()).isZero();
    }
}
