package io.hark.format.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.util.HexFormat;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// Hellos built by hand, whole and broken.
class HelloTest {

    private static final String RANDOM = "00".repeat(32);

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static ClientHello client(String hex) {
        return Objects.requireNonNull(ClientHello.read(bytes(hex), false));
    }

    @Test
    void a_client_hello_without_extensions() {
        ClientHello hello = client("0301" + RANDOM + "02 aabb 0004 0005 000a 01 00");

        assertThat(hello.version()).isEqualTo(0x0301);
        assertThat(hello.sessionId()).containsExactly(0xaa, 0xbb);
        assertThat(hello.ciphers()).containsExactly(5, 10);
        assertThat(hello.extensions()).isEmpty();
        assertThat(hello.serverName()).isNull();
        assertThat(hello.damaged()).isFalse();
    }

    @Test
    void extensions_are_read_in_order() {
        String name = "0000 000e 000c 00 0009 61622e6578616d70 6c".replace(" ", "");
        String alpn = "0010 000e 000c 02 6832 08 687474702f312e31";
        String ticket = "0023 0001 ff";
        String versions = "002b 0005 04 0304 0303";
        String psk = "0029 0000";
        String all = (name + alpn + ticket + versions + psk).replace(" ", "");
        ClientHello hello =
                client(
                        "0303"
                                + RANDOM
                                + "00 0002 1301 01 00"
                                + "%04x".formatted(all.length() / 2)
                                + all);

        assertThat(hello.serverName()).isEqualTo("ab.exampl");
        assertThat(hello.protocols()).containsExactly("h2", "http/1.1");
        assertThat(hello.hasTicket()).isTrue();
        assertThat(hello.versions()).containsExactly(0x0304, 0x0303);
        assertThat(hello.offersPsk()).isTrue();
        assertThat(hello.extensions()).containsExactly(0, 16, 35, 43, 41);
        assertThat(hello.damaged()).isFalse();
    }

    @Test
    void a_broken_extension_does_not_spoil_the_next() {
        ClientHello hello =
                client(
                        "0303"
                                + RANDOM
                                + "00 0002 1301 01 00 0010"
                                + "000a 0003 ffff 00"
                                + "002b 0005 04 0304 0303");

        assertThat(hello.damaged()).isTrue();
        assertThat(hello.groups()).isEmpty();
        assertThat(hello.versions()).containsExactly(0x0304, 0x0303);
    }

    @Test
    void extensions_that_break_off_are_damaged() {
        ClientHello hello =
                client("0303" + RANDOM + "00 0002 1301 01 00 0008" + "0017 0000" + "002b 00ff");

        assertThat(hello.damaged()).isTrue();
        assertThat(hello.extensions()).containsExactly(0x17);
    }

    @Test
    void a_hello_whose_fixed_part_is_cut_is_none() {
        String whole = "0303" + RANDOM + "02 aabb 0004 0005 000a 01 00".replace(" ", "");
        for (int cut = 0; cut < whole.length() - 2; cut += 2) {
            assertThat(ClientHello.read(bytes(whole.substring(0, cut)), false))
                    .as("cut at %d", cut / 2)
                    .isNull();
        }
    }

    @Test
    void a_datagram_hello_has_a_cookie() {
        ClientHello hello =
                Objects.requireNonNull(
                        ClientHello.read(
                                bytes("fefd" + RANDOM + "00 03 aabbcc 0002 c02b 01 00"), true));

        assertThat(hello.ciphers()).containsExactly(0xc02b);
    }

    @Test
    void the_sslv2_form_has_ciphers_of_three_octets() {
        ClientHello hello =
                Objects.requireNonNull(
                        ClientHello.readV2(
                                bytes("0301 0006 0000 0010 010080 000004" + "00".repeat(16))));

        assertThat(hello.v2()).isTrue();
        assertThat(hello.ciphers()).containsExactly(0x010080, 0x000004);
        assertThat(TlsNames.cipher(hello.ciphers()[0])).isEqualTo("SSLv20_CK_RC4_128_WITH_MD5");
        assertThat(ClientHello.readV2(bytes("0301 0005 0000 0010 010080 0000" + "00".repeat(16))))
                .isNull();
    }

    @Test
    void a_server_hello_may_choose_its_version_in_an_extension() {
        ServerHello hello =
                Objects.requireNonNull(
                        ServerHello.read(
                                bytes(
                                        "0303"
                                                + RANDOM
                                                + "00 1301 00 000e 002b0002 0304 0033 0004 001d 0000")));

        assertThat(hello.legacyVersion()).isEqualTo(0x0303);
        assertThat(hello.version()).isEqualTo(0x0304);
        assertThat(TlsNames.group(hello.group())).isEqualTo("x25519");
        assertThat(hello.retry()).isFalse();
        assertThat(Fingerprint.ja3sText(hello)).isEqualTo("771,4865,43-51");
    }

    @Test
    void a_server_hello_of_an_early_draft_has_no_session_id() {
        ServerHello hello =
                Objects.requireNonNull(ServerHello.read(bytes("7f12" + RANDOM + "1301 0000")));

        assertThat(hello.cipher()).isEqualTo(0x1301);
        assertThat(TlsNames.version(hello.version())).isEqualTo("TLSv13-draft18");
    }

    @Test
    void certificates_of_both_forms() {
        assertThat(CertificateList.read(bytes("00000b 000003 aabbcc 000002 dddd"), false))
                .hasSize(2);
        assertThat(CertificateList.read(bytes("00 000008 000003 aabbcc 0000"), true)).hasSize(1);
        assertThat(CertificateList.read(bytes("000000"), false)).isEmpty();
        Bytes cut = bytes("00000b 000003 aabb");
        assertThat(CertificateList.read(cut, false)).isEmpty();
        assertThat(cut.ok()).isFalse();
    }

    @Test
    void names_are_zeeks() {
        assertThat(TlsNames.version(0x0300)).isEqualTo("SSLv3");
        assertThat(TlsNames.version(0x0301)).isEqualTo("TLSv10");
        assertThat(TlsNames.version(0x7f17)).isEqualTo("TLSv13-draft23");
        assertThat(TlsNames.version(0xfefd)).isEqualTo("DTLSv12");
        assertThat(TlsNames.version(9)).isEqualTo("unknown-9");
        assertThat(TlsNames.cipher(0xc02f)).isEqualTo("TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256");
        assertThat(TlsNames.cipher(0x0034)).isEqualTo("TLS_DH_ANON_WITH_AES_128_CBC_SHA");
        assertThat(TlsNames.cipher(0xeeee)).isEqualTo("unknown-61166");
        assertThat(TlsNames.group(23)).isEqualTo("secp256r1");
        assertThat(TlsNames.group(29)).isEqualTo("x25519");
        assertThat(TlsNames.group(4588)).isEqualTo("X25519MLKEM768");
        assertThat(TlsNames.group(0x2a2a)).isEqualTo("grease_0x2A2A");
        assertThat(TlsNames.alert(40)).isEqualTo("handshake_failure");
        assertThat(TlsNames.alert(7)).isEqualTo("unknown-7");
    }
}
