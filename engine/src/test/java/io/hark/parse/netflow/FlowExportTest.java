package io.hark.parse.netflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.DatagramParser;
import io.hark.TestConnection;
import io.hark.bytes.Bytes;
import io.hark.event.Flow;
import io.hark.event.FlowElement;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Messages written by hand from RFC 3954, RFC 7011 and sFlow Version 5.
final class FlowExportTest {

    // version 9, count, up time 100 s, exported at 1700000000, sequence, source 7
    private static final String V9 = "0009 0001 000186a0 6553f100 %08x 00000007";

    // template 256: source and destination address, ports, protocol, packets, octets, last, first
    private static final String TEMPLATE =
            "0000 002c 0100 0009 0008 0004 000c 0004 0007 0002 000b 0002 0004 0001 0002 0004 0001 0004 0015 0004 0016 0004";
    private static final String RECORD =
            "c0000201 c6336402 9c40 0050 06 00000003 000001f4 000182b8 00017ed0";
    private static final String DATA = "0100 0024 " + RECORD + " 000000";

    private final TestConnection connection = new TestConnection();
    private final DatagramParser netflow = new NetflowParser();
    private final DatagramParser.Session session = netflow.open(connection);

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private void v9(int sequence, String... sets) {
        session.datagram(bytes(V9.formatted(sequence) + String.join("", sets)), Side.ORIGINATOR);
    }

    private List<Flow> flows() {
        return connection.events.stream()
                .filter(Flow.class::isInstance)
                .map(Flow.class::cast)
                .toList();
    }

    private void ipfix(DatagramParser.Session to, int sequence, String sets) {
        String body = sets.replace(" ", "");
        String head =
                "000a %04x 6553f100 %08x 00000001".formatted(16 + body.length() / 2, sequence);
        to.datagram(bytes(head + body), Side.ORIGINATOR);
    }

    @Test
    void a_record_is_read_by_the_template_that_came_before() {
        v9(1, TEMPLATE);
        v9(2, DATA);
        Flow flow = flows().getFirst();
        assertThat(flow.orig_h()).isEqualTo(Addr.parse("192.0.2.1"));
        assertThat(flow.orig_p()).isEqualTo(40000);
        assertThat(flow.resp_h()).isEqualTo(Addr.parse("198.51.100.2"));
        assertThat(flow.resp_p()).isEqualTo(80);
        assertThat(flow.proto()).isEqualTo("tcp");
        assertThat(flow.packets()).isEqualTo(3);
        assertThat(flow.bytes()).isEqualTo(500);
        assertThat(flow.template_id()).isEqualTo(256);
        assertThat(flow.domain()).isEqualTo(7);
    }

    /// Up 100 s at 1700000000: what began at 98 s of up time began two seconds before.
    @Test
    void up_time_becomes_the_moment_it_means() {
        v9(1, TEMPLATE, DATA);
        Flow flow = flows().getFirst();
        assertThat(flow.elements())
                .contains(
                        FlowElement.of("flowStartMilliseconds", 1_699_999_998_000L),
                        FlowElement.of("flowEndMilliseconds", 1_699_999_999_000L));
        assertThat(flow.duration()).isEqualTo(1_000_000_000L);
    }

    @Test
    void data_wait_for_their_template_and_keep_their_order() {
        v9(1, DATA);
        v9(2, DATA);
        assertThat(flows()).isEmpty();
        v9(3, TEMPLATE);
        assertThat(flows()).extracting(Flow::sequence_number).containsExactly(1L, 2L);
    }

    @Test
    void data_that_still_wait_at_the_end_are_counted() {
        v9(1, DATA);
        session.close();
        assertThat(connection.anomalies)
                .containsExactly("flow_data_without_template: 1 sets wait for one");
    }

    @Test
    void a_template_outlives_its_connection() {
        v9(1, TEMPLATE);
        session.close();
        TestConnection later = new TestConnection();
        netflow.open(later).datagram(bytes(V9.formatted(2) + DATA), Side.ORIGINATOR);
        assertThat(later.events).hasSize(1);
    }

    @Test
    void missing_messages_are_counted() {
        v9(1, TEMPLATE);
        v9(5, DATA);
        assertThat(connection.anomalies).containsExactly("flow_sequence_gap: 3 messages missing");
    }

    @Test
    void messages_that_overtake_each_other_are_no_gap_twice() {
        v9(1, TEMPLATE);
        v9(3, DATA);
        v9(2, DATA);
        v9(4, DATA);
        assertThat(connection.anomalies).hasSize(1);
    }

    @Test
    void options_say_how_many_packets_are_looked_at() {
        String options = "0001 0018 0101 0004 0008 0001 0004 0030 0001 0022 0004 0000";
        v9(1, options, "0101 0010 00000001 05 00000064 000000");
        v9(
                2,
                "0000 0014 0102 0003 0008 0004 000c 0004 0030 0001",
                "0102 0010 c0000201 c6336402 05 000000");
        assertThat(flows()).extracting(Flow::record).containsExactly("options", "data");
        assertThat(flows().getFirst().elements()).contains(FlowElement.of("scopeSystem", 1));
        assertThat(flows().getLast().sampling()).isEqualTo(100);
    }

    @Test
    void zeros_behind_the_last_set_are_padding() {
        v9(1, TEMPLATE, DATA, "00".repeat(64));
        assertThat(flows()).hasSize(1);
        assertThat(connection.anomalies).isEmpty();
    }

    @Test
    void a_template_of_nothing_makes_no_rows() {
        v9(1, "0000 000c 0100 0001 0008 0000", "0100 0008 01020304");
        assertThat(flows()).isEmpty();
    }

    /// 511 elements without length beside one octet: each octet would be a row of 512 values.
    @Test
    void a_template_that_blows_up_is_cut() {
        String fields = "0001 0000".repeat(511) + "0004 0001";
        v9(1, "0000 %04x 0100 0200".formatted(8 + 4 * 512) + fields);
        v9(2, "0100 2004" + "06".repeat(0x2000));
        assertThat(flows()).hasSize(128);
        assertThat(connection.anomalies).anyMatch(a -> a.startsWith("flow_too_many_values"));
    }

    @Test
    void names_that_come_again_are_told_apart() {
        v9(1, "0000 0010 0100 0002 0046 0003 0046 0003", "0100 000c 000001 000002 0000");
        assertThat(flows().getFirst().elements())
                .extracting(FlowElement::name)
                .containsExactly("mplsTopLabelStackSection", "mplsTopLabelStackSection_2");
    }

    @Test
    void ipfix_has_lengths_before_values_enterprises_and_withdrawals() {
        DatagramParser.Session to = new IpfixDatagrams().open(connection);
        // userName, 41916/4321, and octets the other way
        String template =
                "0002 0020 0100 0003 0173 ffff 90e1 0008 0000a3bc 8001 0004 00007279 0000 0000";
        ipfix(to, 0, template);
        ipfix(to, 0, "0100 0015 04 726f6f74 0000000000000064 00000bb8");
        Flow flow = flows().getFirst();
        assertThat(flow.elements())
                .containsExactly(
                        FlowElement.of("userName", "root"),
                        FlowElement.of("viptelaVPNId", 100),
                        FlowElement.of("reverseOctetDeltaCount", 3000));
        assertThat(flow.reverse_bytes()).isEqualTo(3000);
        ipfix(to, 1, "0002 0008 0100 0000");
        ipfix(to, 1, "0100 0015 04 726f6f74 0000000000000064 00000bb8");
        assertThat(flows()).hasSize(1);
    }

    @Test
    void both_addresses_of_a_translation_are_kept() {
        DatagramParser.Session to = new IpfixDatagrams().open(connection);
        ipfix(
                to,
                0,
                "0002 0018 0100 0004 0008 0004 000c 0004 00e1 0004 00e3 0002"
                        + "0100 0012 0a000005 c6336402 c0000209 c350");
        Flow flow = flows().getFirst();
        assertThat(flow.nat_orig_h()).isEqualTo(Addr.parse("192.0.2.9"));
        assertThat(flow.nat_orig_p()).isEqualTo(50000);
    }

    @Test
    void a_list_is_a_text_of_its_values() {
        DatagramParser.Session to = new IpfixDatagrams().open(connection);
        // basicList of sourceIPv4Address, then a text behind it
        ipfix(
                to,
                0,
                "0002 0010 0100 0002 0123 ffff 0173 ffff"
                        + "0100 0014 0d 03 0008 0004 c0000201 c0000202 01 61");
        assertThat(flows().getFirst().elements())
                .containsExactly(
                        FlowElement.of("basicList", "sourceIPv4Address:192.0.2.1,192.0.2.2"),
                        FlowElement.of("userName", "a"));
    }

    @Test
    void version_5_tells_engine_and_sampling() {
        String head = "0005 0001 000186a0 6553f100 00000000 00000009 0102 4064";
        String flow =
                "c0000201 c6336402 00000000 0001 0002 00000003 000001f4 00017ed0 000182b8"
                        + "9c40 0050 00 1b 06 00 0000 fbf0 18 10 0000";
        session.datagram(bytes(head + flow), Side.ORIGINATOR);
        Flow read = flows().getFirst();
        assertThat(read.sampling()).isEqualTo(100);
        assertThat(read.tcp_flags()).isEqualTo(0x1b);
        assertThat(read.elements())
                .contains(
                        FlowElement.of("engineType", 1),
                        FlowElement.of("engineId", 2),
                        FlowElement.of("samplingAlgorithm", 1),
                        FlowElement.of("bgpDestinationAsNumber", 64496));
    }

    @Test
    void sflow_tells_who_talks_in_a_packet_that_is_cut() {
        // agent 192.0.2.7; one sample, one record: Ethernet with a tag, IPv6, UDP cut behind its
        // ports
        String packet =
                "020000000002 020000000001 8100 0007 86dd 60000000 0020 11 40"
                        + "20010db8000000000000000000000001 20010db8000000000000000000000002 0035 d431 0020";
        String raw = "00000001 00000050 00000001 000003e8 00000004 00000040" + packet;
        String sample =
                "00000001 00000078 00000001 00000003 00000200 00000400 00000000 00000003 00000004 00000001"
                        + raw;
        String head = "00000005 00000001 c0000207 00000000 00000001 00001000 00000001";
        SflowParser sflow = new SflowParser();
        assertThat(sflow.probe(bytes(head + sample), Side.ORIGINATOR, 6343)).isPositive();
        sflow.open(connection).datagram(bytes(head + sample), Side.ORIGINATOR);
        Flow flow = flows().getFirst();
        assertThat(flow.exporter()).isEqualTo(Addr.parse("192.0.2.7"));
        assertThat(flow.orig_h()).isEqualTo(Addr.parse("2001:db8::1"));
        assertThat(flow.orig_p()).isEqualTo(53);
        assertThat(flow.resp_p()).isEqualTo(54321);
        assertThat(flow.vlan()).isEqualTo(7);
        assertThat(flow.bytes()).isEqualTo(1000);
        assertThat(flow.sampling()).isEqualTo(512);
    }
}
