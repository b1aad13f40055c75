package io.hark.decode.tunnel;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.Secret;
import io.hark.carry.Carried;
import io.hark.carry.DnsTransaction;
import io.hark.decode.Rehearsal;
import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;

/// Tunnels seen by several taps and through several servers, and what strangers send instead.
class TunnelsTest {

    private static <S extends Stored> void isTheSameAnyWay(Decoder<S> decoder, String sample)
            throws IOException {
        List<Carried> pieces = TunnelWays.pieces(decoder, sample);
        Rehearsal<S> once = TunnelWays.play(decoder, pieces);
        assertThat(once.inner).isNotEmpty();
        for (int behind = 1; behind <= 3; behind++) {
            Rehearsal<S> twice = TunnelWays.play(decoder, TunnelWays.twoTaps(pieces, behind));
            assertThat(TunnelWays.inner(twice)).isEqualTo(TunnelWays.inner(once));
            assertThat(twice.conversations()).isEqualTo(once.conversations());
            assertThat(twice.lines()).isEqualTo(once.lines());
        }
        Rehearsal<S> three = TunnelWays.play(decoder, TunnelWays.threeServers(pieces));
        assertThat(TunnelWays.inner(three)).isEqualTo(TunnelWays.inner(once));
        assertThat(three.conversations()).isEqualTo(once.conversations());
    }

    @Test
    void iodine_is_one_conversation_over_servers_and_taps() throws IOException {
        isTheSameAnyWay(new Iodine(), "iodine-records");
        isTheSameAnyWay(new Iodine(), "iodine");
    }

    @Test
    void ptunnel_is_one_conversation_over_servers_and_taps() throws IOException {
        isTheSameAnyWay(new Ptunnel(), "icmp-tunnel");
    }

    @Test
    void dns2tcp_is_one_conversation_over_servers_and_taps() throws IOException {
        isTheSameAnyWay(new Dns2Tcp(), "dns2tcp");
    }

    @Test
    void the_key_of_dns2tcp_is_told_by_its_proof() throws IOException {
        Keyring keyring = new Keyring(List.of(password("the sample's", "hark-sample")));
        Dns2Tcp decoder = new Dns2Tcp();
        Rehearsal<Dns2Tcp.State> rehearsal =
                TunnelWays.play(decoder, keyring, TunnelWays.pieces(decoder, "dns2tcp"));
        assertThat(rehearsal.said)
                .filteredOn(message -> "tunnel_opened".equals(message.subtype()))
                .isNotEmpty()
                .allMatch(message -> "the sample's".equals(message.secret()));
    }

    @Test
    void the_password_of_a_login_is_told_by_its_proof() throws IOException {
        Keyring keyring =
                new Keyring(
                        List.of(
                                password("another", "hark-simple"),
                                password("the sample's", "hark-sample")));
        Iodine decoder = new Iodine();
        Rehearsal<IodineState> rehearsal =
                TunnelWays.play(decoder, keyring, TunnelWays.pieces(decoder, "iodine-records"));
        assertThat(rehearsal.said)
                .filteredOn(message -> "tunnel_opened".equals(message.subtype()))
                .isNotEmpty()
                .allMatch(message -> "the sample's".equals(message.secret()));
    }

    private static Secret password(String name, String word) {
        byte[] octets = word.getBytes(StandardCharsets.UTF_8);
        return new Secret(name, Secret.Kind.PASSWORD, Map.of("password", octets));
    }

    @Test
    void octets_are_read_from_each_alphabet() {
        byte[] text = "aaaq".getBytes(StandardCharsets.US_ASCII);
        assertThat(Alphabet.BASE32.decode(text, 0)).isEqualTo(new byte[] {0, 1});
        assertThat(Alphabet.BASE32.decode("B5".getBytes(StandardCharsets.US_ASCII), 0))
                .isEqualTo(new byte[] {0x0f});
        assertThat(Alphabet.BASE64.decode("-a+a".getBytes(StandardCharsets.US_ASCII), 0))
                .isEqualTo(HexFormat.of().parseHex("d00fc0"));
        assertThat(Alphabet.BASE64U.decode("+".getBytes(StandardCharsets.US_ASCII), 0)).isNull();
        byte[] high = {(byte) 0xfd, (byte) 0xbc, 'a', 'b', 'c', 'd', 'e', 'f'};
        assertThat(Alphabet.BASE128.decode(high, 0)).hasSize(7).startsWith((byte) 0xfe);
    }

    @Test
    void a_stream_that_inflates_beyond_a_packet_is_no_packet() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(new byte[64 << 20]);
        }
        assertThat(Inflated.of(packed.toByteArray())).isNull();
    }

    @Test
    void names_of_hosts_are_not_told_of_as_a_tunnel() {
        Iodine decoder = new Iodine();
        Rehearsal<IodineState> rehearsal = new Rehearsal<>(decoder, Keyring.EMPTY);
        for (String name :
                List.of(
                        "assets1.cdn.example",
                        "packages.dist.example",
                        "e3843.dscd.edge.example",
                        "0123456789abcdef.mail.example",
                        "daisy24adventures7of9today.long.example")) {
            rehearsal.play(query(name));
        }
        assertThat(rehearsal.end().said).isEmpty();
    }

    private static DnsTransaction query(String name) {
        ByteArrayOutputStream wire = new ByteArrayOutputStream();
        for (String label : name.split("\\.", -1)) {
            wire.write(label.length());
            wire.writeBytes(label.getBytes(StandardCharsets.US_ASCII));
        }
        wire.write(0);
        Endpoints id = new Endpoints(Addr.v4(0x0a000001), 4000, Addr.v4(0x0a000002), 53);
        return new DnsTransaction(
                1, "C1", id, "iodine", 0, false, 7, wire.toByteArray(), 1, 0, List.of());
    }
}
