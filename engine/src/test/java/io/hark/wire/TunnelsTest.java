package io.hark.wire;

import static io.hark.wire.Capture.RAW;
import static io.hark.wire.Capture.ethernet;
import static io.hark.wire.Capture.hex;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.join;
import static io.hark.wire.Capture.u16;
import static io.hark.wire.Capture.udp;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hark.event.Conn;
import io.hark.event.TunnelState;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What carries a packet is a connection, and so is what is carried.
class TunnelsTest {

    private static final byte[] QUESTION = ip(7, 8, 17, udp(40_000, 9, hex("616263")));
    private static final String VXLAN = "08000000 00000700";

    @ParameterizedTest
    @CsvSource({
        "4789, 0800000000000700, ethernet, vxlan",
        "4790, 0800000100000700, packet, vxlan",
        "6081, 0000655800000700, ethernet, geneve",
        "6081, 0000080000000700, packet, geneve",
        "6081, 0100080000000700aabbccdd, packet, geneve",
        "2152, 30ff001f00000001, packet, gtpv1",
    })
    void both_the_datagram_and_the_packet_inside_are_told_of(
            int port, String header, String inner, String service) {
        byte[] carried = inner.equals("ethernet") ? ethernet(0x0800, QUESTION) : QUESTION;
        byte[] body = join(hex(header), carried);
        List<Conn> conns = new Capture(RAW).frame(0, ip(1, 2, 17, udp(50_000, port, body))).conns();
        assertThat(conns)
                .extracting(c -> c.id().resp_p(), Conn::service, Conn::orig_bytes, Conn::orig_pkts)
                .containsExactlyInAnyOrder(
                        tuple(9, null, 3L, 1L), tuple(port, service, (long) body.length, 1L));
        Conn inside = conns.stream().filter(c -> c.id().resp_p() == 9).findFirst().orElseThrow();
        assertThat(inside.tunnel()).contains("10.0.0.1").contains("10.0.0.2");
    }

    @Test
    void a_tunnel_in_a_tunnel_gives_three_connections() {
        byte[] one = ip(3, 4, 17, udp(50_000, 4789, join(hex(VXLAN), ethernet(0x0800, QUESTION))));
        byte[] two = ip(1, 2, 17, udp(50_001, 6081, join(hex("0000080000000700"), one)));
        assertThat(new Capture(RAW).frame(0, two).conns())
                .extracting(Conn::service)
                .containsExactlyInAnyOrder(null, "vxlan", "geneve");
    }

    @Test
    void what_is_no_packet_inside_leaves_the_datagram_as_it_was() {
        byte[] arp = ethernet(0x0806, new byte[28]);
        byte[] cut = ethernet(0x86dd, hex("6000000000"));
        List<Conn> conns =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 17, udp(50_000, 4789, join(hex(VXLAN), arp))))
                        .frame(1, ip(1, 2, 17, udp(50_000, 4789, join(hex(VXLAN), cut))))
                        .conns();
        assertThat(conns)
                .extracting(c -> c.id().orig_h().toString(), Conn::service, Conn::orig_pkts)
                .containsExactly(tuple("10.0.0.1", "vxlan", 2L));
    }

    @Test
    void other_datagrams_on_the_port_of_a_tunnel_are_no_tunnel() {
        byte[] other = join(hex("08000001 00000700"), ethernet(0x0800, QUESTION));
        assertThat(new Capture(RAW).frame(0, ip(1, 2, 17, udp(50_000, 4789, other))).conns())
                .extracting(Conn::service)
                .containsExactly((String) null);
    }

    @Test
    void a_damaged_datagram_is_not_looked_into_where_checksums_are_verified() {
        byte[] datagram = udp(50_000, 4789, join(hex(VXLAN), ethernet(0x0800, QUESTION)));
        datagram[6] = 0x12;
        datagram[7] = 0x34;
        Capture capture = new Capture(RAW).frame(0, ip(1, 2, 17, datagram));
        assertThat(capture.conns(Setup.Checksums.VERIFY, 1))
                .extracting(Conn::history, Conn::orig_pkts, Conn::conn_state)
                .containsExactly(tuple("C", 0L, "OTH"));
        assertThat(capture.conns()).hasSize(2);
    }

    @Test
    void teredo_is_read_behind_its_indications_and_before_its_trailers() {
        byte[] ping = hex("8000 0000 0001 0001");
        byte[] packet =
                join(
                        hex("60000000 0008 3a40"),
                        hex("20010000000000000000000000000001"),
                        hex("20020000000000000000000000000002"),
                        ping);
        byte[] authentication = join(hex("0001 00 00"), new byte[9]);
        byte[] origin = join(hex("0000"), new byte[6]);
        byte[] trailer = hex("0104 00000000");
        byte[] bubble = join(packet, new byte[0]);
        bubble[5] = 0;
        bubble[6] = 59;
        List<Conn> conns =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 17, udp(50_000, 3544, join(authentication, packet))))
                        .frame(1, ip(2, 1, 17, udp(3544, 50_000, join(origin, packet, trailer))))
                        .frame(2, ip(3, 2, 17, udp(50_000, 3544, bubble)))
                        .conns();
        assertThat(conns)
                .extracting(Conn::proto, Conn::service, c -> c.orig_pkts() + c.resp_pkts())
                .containsExactlyInAnyOrder(
                        tuple("icmp", null, 2L),
                        tuple("udp", "teredo", 2L),
                        tuple("udp", "teredo", 1L));
    }

    @Test
    void the_way_back_of_a_tunnel_belongs_to_the_same_connection() {
        byte[] asked = join(hex("30ff001f00000001"), ip(7, 8, 17, udp(40_000, 9, hex("61"))));
        byte[] answered = join(hex("30ff001f00000002"), ip(8, 7, 17, udp(9, 40_000, hex("62"))));
        assertThat(
                        new Capture(RAW)
                                .frame(0, ip(1, 2, 17, udp(2152, 2152, asked)))
                                .frame(1, ip(2, 1, 17, udp(2152, 2152, answered)))
                                .conns())
                .extracting(Conn::conn_state, Conn::orig_pkts, Conn::resp_pkts)
                .containsExactly(tuple("SF", 1L, 1L), tuple("SF", 1L, 1L));
    }

    @Test
    void any_number_of_workers_tells_the_same_in_the_same_order() {
        Capture capture = new Capture(RAW);
        for (int i = 0; i < 60; i++) {
            byte[] inner = ip(i + 10, i + 20, 17, udp(40_000 + i, 9, hex("616263")));
            byte[] body = join(hex(VXLAN), ethernet(0x0800, inner));
            capture.frame(i, ip(i % 7, 200, 17, udp(50_000 + i, 4789, body)));
        }
        List<Conn> one = capture.conns(Setup.Checksums.AUTO, 1);
        assertThat(one).hasSize(120);
        assertThat(capture.conns(Setup.Checksums.AUTO, 4))
                .extracting(Conn::uid)
                .containsExactlyElementsOf(one.stream().map(Conn::uid).toList());
    }

    @Test
    void more_carried_packets_than_a_chunk_has_places_are_all_told_of() {
        Capture capture = new Capture(RAW);
        int frames = Chunk.MAX_FRAMES;
        byte[] body = join(hex(VXLAN), ethernet(0x0800, QUESTION));
        byte[] packet = ip(1, 2, 17, udp(50_000, 4789, body));
        for (int i = 0; i < frames; i++) {
            capture.frame(0, packet);
        }
        assertThat(capture.conns())
                .extracting(Conn::orig_pkts)
                .containsExactly((long) frames, (long) frames);
    }

    @Test
    void an_aggregate_of_an_access_point_holds_several_packets() {
        byte[] snap = hex("aaaa03000000 0800");
        byte[] one = join(snap, ip(7, 8, 17, udp(40_000, 9, hex("616263"))));
        byte[] other = join(snap, ip(7, 8, 17, udp(40_000, 10, hex("6162"))));
        byte[] addresses = new byte[12];
        byte[] first = join(addresses, u16(one.length), one);
        byte[] filled = join(first, new byte[-first.length & 3]);
        byte[] wireless =
                join(
                        hex("8802 0000"),
                        new byte[20],
                        hex("8000"),
                        filled,
                        join(addresses, u16(other.length), other));
        byte[] gre = join(hex("0000 8240"), wireless);
        assertThat(new Capture(RAW).frame(0, ip(1, 2, 47, gre)).conns())
                .extracting(c -> c.id().resp_p(), Conn::orig_bytes, Conn::tunnel)
                .containsExactly(
                        tuple(9, 3L, "gre 10.0.0.1-10.0.0.2"),
                        tuple(10, 2L, "gre 10.0.0.1-10.0.0.2"));
    }

    @Test
    void a_tunnel_of_datagrams_is_told_of_when_it_is_found_and_when_it_ends() {
        byte[] body = join(hex(VXLAN), ethernet(0x0800, QUESTION));
        Capture capture =
                new Capture(RAW)
                        .frame(0, ip(1, 2, 17, udp(50_000, 4789, body)))
                        .frame(1, ip(1, 2, 17, udp(50_000, 4789, body)));
        assertThat(EventsOf.kind(TunnelState.class, capture, 2))
                .extracting(TunnelState::tunnel_type, TunnelState::action, t -> t.id().orig_p())
                .containsExactly(
                        tuple("Tunnel::VXLAN", "Tunnel::DISCOVER", 50_000),
                        tuple("Tunnel::VXLAN", "Tunnel::CLOSE", 50_000));
    }

    @Test
    void a_tunnel_between_hosts_is_told_of_once_with_those_around_it() {
        byte[] inner = ip(3, 4, 47, join(hex("00000800"), QUESTION));
        byte[] two = ip(1, 2, 47, join(hex("00000800"), inner));
        Capture capture = new Capture(RAW).frame(0, two).frame(1, two);
        assertThat(EventsOf.kind(TunnelState.class, capture, 2))
                .extracting(t -> t.id().orig_h().toString(), TunnelState::uid, TunnelState::action)
                .containsExactlyInAnyOrder(
                        tuple("10.0.0.1", null, "Tunnel::DISCOVER"),
                        tuple("10.0.0.3", null, "Tunnel::DISCOVER"));
    }
}
