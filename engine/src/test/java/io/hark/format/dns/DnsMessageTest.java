package io.hark.format.dns;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import io.hark.format.dns.DnsMessage.Fault;
import io.hark.format.dns.DnsMessage.Question;
import io.hark.format.dns.DnsMessage.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnsMessageTest {

    private static final String HEADER = "1234 8180 0001 0000 0000 0000";
    private static final String WWW = "03 777777 07 6578616d706c65 00"; // www.example

    private static DnsMessage read(String... hex) {
        DnsMessage message = DnsMessage.readAll(Bytes.of(octets(hex)));
        assertThat(message).isNotNull();
        return message;
    }

    private static byte[] octets(String... hex) {
        return HexFormat.of().parseHex(String.join("", hex).replace(" ", ""));
    }

    private static List<String> faults(DnsMessage message) {
        return message.faults().stream().map(Fault::name).toList();
    }

    private static List<String> names(DnsMessage message) {
        return message.questions().stream().map(question -> question.name().text()).toList();
    }

    @Test
    void the_example_of_rfc_1035_is_read() { // §4.1.4, its first name at 12 instead of 20
        DnsMessage message =
                read(
                        "0001 0100 0004 0000 0000 0000",
                        "01 46 03 495349 04 41525041 00 0001 0001",
                        "03 464f4f c00c 0001 0001",
                        "c012 0001 0001",
                        "00 0001 0001");
        assertThat(names(message)).containsExactly("f.isi.arpa", "foo.f.isi.arpa", "arpa", "");
        assertThat(message.faults()).isEmpty();
        assertThat(message.isWhole()).isTrue();
        assertThat(message.wantsRecursion()).isTrue();
        assertThat(message.questions().get(1).name().labels().getFirst())
                .isEqualTo("FOO".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void the_flags_are_those_of_the_header() {
        DnsMessage message = read("beef ffff 0000 0000 0000 0000");
        assertThat(message.id()).isEqualTo(0xbeef);
        assertThat(message.isReply()).isTrue();
        assertThat(message.opcode()).isEqualTo(15);
        assertThat(message.isAuthoritative() && message.isTruncated() && message.offersRecursion())
                .isTrue();
        assertThat(message.z()).isEqualTo(7);
        assertThat(message.rcode()).isEqualTo(15);
    }

    @Test
    void less_than_a_header_is_no_message() {
        assertThat(DnsMessage.read(Bytes.of(new byte[11]))).isNull();
    }

    @Test
    void a_pointer_loop_in_a_name_is_a_fault() {
        DnsMessage message = read(HEADER, "01 61 c00c 0001 0001");
        assertThat(faults(message)).containsExactly("DNS_name_loop");
        assertThat(names(message)).containsExactly("a.a");
    }

    @Test
    void a_pointer_forward_or_to_itself_is_a_fault() {
        assertThat(faults(read(HEADER, "c020 0001 0001")))
                .containsExactly("DNS_label_forward_compress_offset");
        assertThat(faults(read(HEADER, "c00c 0001 0001")))
                .containsExactly("DNS_label_forward_compress_offset");
    }

    @Test
    void a_chain_of_pointers_ends() {
        StringBuilder chain = new StringBuilder("00 0001 0001");
        for (int i = 0; i < 400; i++) {
            chain.append("%04x".formatted(0xc000 | (i == 0 ? 12 : 17 + 2 * (i - 1))));
        }
        DnsMessage message = read("1234 8180 0002 0000 0000 0000", chain.toString(), "0001 0001");
        assertThat(message.questions()).hasSizeLessThanOrEqualTo(2);
        byte[] many = octets("1234 8180 0001 1388 0000 0000", chain.toString());
        assertThat(DnsMessage.readAll(Bytes.of(many))).isNotNull();
    }

    @Test
    void a_name_of_255_octets_is_read_and_one_more_is_a_fault() {
        String label = "3f" + "61".repeat(63);
        String longest = label.repeat(3) + "3d" + "61".repeat(61) + "00";
        assertThat(read(HEADER, longest, "0001 0001").faults()).isEmpty();
        DnsMessage message =
                read(HEADER, label.repeat(3), "3e" + "61".repeat(62) + "00", "0001 0001");
        assertThat(faults(message)).containsExactly("DNS_NAME_too_long");
        assertThat(message.isWhole()).isTrue();
    }

    @Test
    void what_is_cut_off_is_a_fault_and_the_rest_stays() {
        assertThat(faults(read(HEADER, "03 7777"))).containsExactly("DNS_label_len_gt_pkt");
        assertThat(faults(read(HEADER, WWW, "0001")))
                .containsExactly("DNS_truncated_quest_too_short");
        assertThat(faults(read(HEADER, "41" + "61".repeat(65), "00 0001 0001")))
                .containsExactly("DNS_label_too_long");
        String asked = "1234 8180 0001 0002 0000 0000";
        String one = WWW + "0001 0001 c00c 0001 0001 00000e10 0004 c0000201";
        DnsMessage message = read(asked, one, "c00c 0001 0001 00000e10 0004 c00002");
        assertThat(faults(message)).containsExactly("DNS_truncated_RR_rdlength_lt_len");
        assertThat(message.answers()).hasSize(1);
        assertThat(message.isWhole()).isFalse();
        assertThat(faults(read(asked, one, "c00c 0001")))
                .containsExactly("DNS_truncated_ans_too_short");
    }

    @Test
    void more_questions_than_anybody_asks_are_a_fault() {
        assertThat(faults(read("1234 0100 001a 0000 0000 0000", WWW)))
                .containsExactly("DNS_Conn_count_too_large");
    }

    @Test
    void data_are_kept_with_their_names_uncompressed() {
        DnsMessage message =
                read(
                        "1234 8180 0001 0001 0000 0000",
                        WWW,
                        "000f 0001",
                        "c00c 000f 0001 0000003c 0009 000a 04 6d61696c c010");
        Resource mx = message.answers().getFirst();
        assertThat(mx.owner().text()).isEqualTo("www.example");
        assertThat(mx.ttl()).isEqualTo(60);
        assertThat(mx.data()).isEqualTo(octets("000a 04 6d61696c 07 6578616d706c65 00"));
        assertThat(DnsText.answer(mx)).isEqualTo("mail.example");
        assertThat(message.faults()).isEmpty();
    }

    @Test
    void a_record_whose_length_does_not_fit_its_name_is_a_fault() {
        DnsMessage message =
                read(
                        "1234 8180 0001 0002 0000 0000",
                        WWW,
                        "0002 0001",
                        "c00c 0002 0001 0000003c 0004 c00c 0000",
                        "c00c 0001 0001 0000003c 0003 c00002");
        assertThat(faults(message)).containsExactly("DNS_RR_length_mismatch", "DNS_RR_bad_length");
        assertThat(message.answers().stream().map(DnsText::answer))
                .containsExactly("www.example", null);
    }

    @Test
    void names_are_equal_whatever_the_case_of_their_letters() {
        DnsName one = DnsName.at(octets(WWW), 0);
        DnsName other = DnsName.at(octets("03 575757 07 4558414d504c45 00"), 0);
        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(other.text()).isEqualTo("www.example");
        assertThat(other.labels())
                .containsExactly(
                        "WWW".getBytes(StandardCharsets.US_ASCII),
                        "EXAMPLE".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void a_length_of_a_label_is_no_letter() {
        // Lengths 0x41 to 0x5a look like capitals, but no label is that long; a label may be 0x2e
        // long, which looks like a dot.
        byte[] name = octets("2e" + "78".repeat(46), "01 79 00");
        assertThat(DnsName.at(name, 0).text()).isEqualTo("x".repeat(46) + ".y");
    }

    @Test
    void octets_beyond_ascii_are_shown_as_utf_8_or_escaped() {
        assertThat(DnsName.at(octets("05 62c3bc6368 00"), 0).text()).isEqualTo("b\u00fcch");
        assertThat(DnsName.at(octets("02 ff41 00"), 0).text()).isEqualTo("\\xffa");
    }

    /// Texts as the log expectations of Zeek's test suite have them; HINFO, CAA and HTTPS in the
    /// form of zone files.
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            textBlock =
                    """
                    1; c0000201; 192.0.2.1
                    28; 20010db8000000000000000000000003; 2001:db8::3
                    5; 01 61 00; a
                    16; 05 68656c6c6f; TXT 5 hello
                    16; 01 61 02 6263; TXT 1 a TXT 2 bc
                    99; 01 61; SPF 1 a
                    6; 01 61 00 01 62 00 00000001; a
                    33; 0001 0002 0050 01 61 00; a
                    46; 0030 05 02 00000e10 00000000 00000000 0001 0361626300 ff; RRSIG 48 abc
                    46; 0030 05 02 00000e10 00000000 00000000 0001 00 ff; RRSIG 48 <Root>
                    48; 0100 03 05 ffff; DNSKEY 5
                    43; 0001 05 01 ffff; DS 5 1
                    47; 01 62 00 0001 40; NSEC a b
                    51; 01 00 0001 00; NSEC3PARAM
                    44; 01 01 a6b9; SSHFP: a6b9
                    29; 00 12 15 13 00000000; LOC:  18 21 19
                    65534; 0500010000; BIND9 signing signal
                    35; 000a 0064 01 53 07 5349502b443254 00 01 61 00; NAPTR 10 100 S SIP+D2T a
                    10; 00ff; <unknown type=10>
                    13; 03 583836 05 4c696e7578; HINFO X86 Linux
                    257; 00 05 6973737565 61; CAA 0 issue a
                    65; 0001 00 0001 0006 02 6833 02 6832 0003 0002 01bb 0004 0004 c0000201; HTTPS 1 . alpn=h3,h2 port=443 ipv4hint=192.0.2.1
                    """)
    void a_record_is_shown_as_zeek_shows_it(int type, String hex, String text) {
        Resource record = new Resource(DnsName.at(octets("01 61 00"), 0), type, 1, 60, octets(hex));
        assertThat(DnsText.answer(record)).isEqualTo(text);
    }

    @Test
    void netbios_names_are_shown_as_people_know_them() { // RFC 1001 §14.1
        assertThat(DnsText.netbiosName(DnsName.at(wire("FHEPFCELEHFCEPFFFACACACACACACACA"), 0)))
                .isEqualTo("WORKGROUP");
        assertThat(DnsText.netbiosName(DnsName.at(octets(WWW), 0))).isNull();
    }

    private static byte[] wire(String label) {
        byte[] wire = new byte[label.length() + 2];
        wire[0] = (byte) label.length();
        System.arraycopy(label.getBytes(StandardCharsets.US_ASCII), 0, wire, 1, label.length());
        return wire;
    }

    @Test
    void no_octets_make_it_throw() {
        byte[] model =
                octets(
                        "1234 8180 0001 0004 0001 0001",
                        WWW,
                        "0001 0001",
                        "c00c 0005 0001 0000003c 0005 02 6363 c00c",
                        "c00c 0006 0001 0000003c 0018 c00c c00c 0000000100000002000000030000000400000005",
                        "c00c 0023 0001 0000003c 0008 000a 0064 01 53 00 00 00",
                        "c00c 0041 0001 0000003c 0009 0001 00 0001 0003 02 6832",
                        "c00c 002e 0001 0000003c 0015 0030 05 02 00000e10 00000000 00000000 0001 c00c ff",
                        "00 0029 1000 00000000 0000");
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes =
                    seed % 4 == 0
                            ? new byte[random.nextInt(200)]
                            : Arrays.copyOf(
                                    model,
                                    model.length
                                            - (seed % 8 == 1 ? random.nextInt(model.length) : 0));
            if (seed % 4 == 0) {
                random.nextBytes(bytes);
            }
            for (int i = random.nextInt(6); i > 0 && bytes.length > 0; i--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            DnsMessage message = DnsMessage.readAll(Bytes.of(bytes));
            if (message != null) {
                assertThat(message.questions())
                        .as("seed %d", seed)
                        .hasSizeLessThanOrEqualTo(DnsMessage.MAX_QUESTIONS);
                message.questions().stream().map(Question::name).forEach(DnsName::text);
                for (List<Resource> section :
                        List.of(message.answers(), message.authorities(), message.additionals())) {
                    section.forEach(DnsText::answer);
                    section.forEach(DnsText::update);
                    section.forEach(DnsText::netbios);
                    section.forEach(record -> DnsText.netbiosName(record.owner()));
                }
            }
        }
    }
}
