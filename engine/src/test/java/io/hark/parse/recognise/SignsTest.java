package io.hark.parse.recognise;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Messages put together from the documents that the rows name.
class SignsTest {

    private final SignBook streams = new SignBook(StreamSigns.ALL);
    private final SignBook datagrams = new SignBook(DatagramSigns.ALL);

    @ParameterizedTest
    @CsvSource({
        "iec104, 680407000000",
        "synchrophasor, aa410012000100000000000000000001cafe",
        "knxip, 06100205001a",
        "opcua, 48454c460c00000000000000",
        "tds, 12010030000001000000150006",
        "cassandra, 040000000500000000",
        "amqp, 414d515000000901",
        "openwire, 0000001001416374697665 4d5100",
        "fastcgi, 01010001000800000001000000000000",
        "git, 303033326769742d75706c6f61642d7061636b202f612e676974",
        "giop, 47494f5001020000",
        "jrmi, 4a524d4900024b",
        "thrift, 800100010000000470696e67",
        "fix, 383d4649582e342e3401393d350133353d3001",
        "bgp, ffffffffffffffffffffffffffffffff001304",
        "diameter, 01000014800001010000000000000001000000 02",
        "openflow, 040000100000000100010008000000 10",
        "pptp, 009c00011a2b3c4d0001",
        "openvpn, 000e3801020304050607080000000000",
        "rtsp, 4f5054494f4e5320727473703a2f2f61",
        "edonkey, e3 03000000 0110 00",
        "monero, 0121010101010101",
        "hl7, 0b4d53487c5e7e",
        "rpc, 8000002800000001000000000000000200018 6a3"
    })
    void a_stream_is_told_by_its_first_message_and_by_no_less(String service, String hex) {
        byte[] octets = octets(hex);
        Sign sign = streams.ofStream(Bytes.of(octets));
        assertThat(sign).isNotNull().extracting(Sign::service).isEqualTo(service);
        for (int n = 1; n < octets.length; n++) {
            Bytes part = Bytes.of(Arrays.copyOf(octets, n));
            assertThat(streams.stream(part)).as(service + " cut to " + n).isNotEqualTo(Verdict.NO);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "slp, 427, 0201000012 0000 000000 0001 0002 656e 0000",
        "gtp, 2123, 480100040000 0000",
        "rmcp, 623, 0600ff0700000000",
        "rpc, 111, 00000001000000000000000200 0186a0",
        "collectd, 25826, 0000000661 00 0008000662 00 0002000663 00 0003000664 00",
        "dtls, 4433, 17fefd00010000000000010002aabb",
        "rtcp, 5005, 80c90001000000018 1ca000100000001",
        "iax, 4569, 8001000000000000000006010b020002",
        "raknet, 19132, 01000000000000000100ffff00fefefefefdfdfdfd12345678",
        "bacnet, 47808, 810b000801000000",
        "knxip, 3671, 061002010006",
        "rtps, 7400, 5254505302 03",
        "giop, 7000, 4d494f5010000000",
        "someip, 30490, 12340001000000080000000101010000",
        "mgcp, 2427, 525349502031202a4061204d47435020312e300d0a"
    })
    void a_datagram_is_told_whole(String service, int port, String hex) {
        byte[] octets = octets(hex);
        assertThat(datagrams.ofDatagram(Bytes.of(octets), port))
                .as(service)
                .isNotNull()
                .extracting(Sign::service)
                .isEqualTo(service);
    }

    @ParameterizedTest
    @CsvSource({
        "0201000013 0000 000000 0001 0002 656e 0000", // a length that is not the datagram's
        "810b000901000000",
        "0000000661 00 0008000662 00", // two parts are too few
        "0000000000000000"
    })
    void what_does_not_hold_together_is_nobodys(String hex) {
        assertThat(datagrams.datagram(Bytes.of(octets(hex)), 427)).isEqualTo(Verdict.NO);
    }

    @Test
    void discovery_of_discord_is_told_by_its_length() {
        byte[] request = Arrays.copyOf(octets("00010046"), 74);
        assertThat(datagrams.datagram(Bytes.of(request), 50_000)).isEqualTo(Verdict.YES);
        assertThat(datagrams.datagram(Bytes.of(Arrays.copyOf(request, 73)), 50_000))
                .isEqualTo(Verdict.NO);
    }

    @Test
    void a_form_that_others_could_have_needs_its_port() {
        byte[] gtp = octets("4801000400000000");
        assertThat(new SignedDatagrams().probe(Bytes.of(gtp), Side.ORIGINATOR, 2124))
                .isEqualTo(Verdict.NO);
    }

    @Test
    void every_row_says_where_its_form_is_written_down() {
        assertThat(StreamSigns.ALL).allSatisfy(s -> assertThat(s.source()).isNotBlank());
        assertThat(DatagramSigns.ALL).allSatisfy(s -> assertThat(s.source()).isNotBlank());
    }

    private static byte[] octets(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
