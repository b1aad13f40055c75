package io.hark.wire;

import static io.hark.wire.Capture.ETHERNET;
import static io.hark.wire.Capture.ethernet;
import static io.hark.wire.Capture.hex;
import static io.hark.wire.Capture.join;
import static io.hark.wire.Capture.u16;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.hark.event.Conn;
import io.hark.event.Neighbor;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Who claims which hardware address, by ARP and by IPv6 neighbour discovery.
class NeighborsTest {

    private static final long MINE = 0x0200_0000_0002L; // that Capture.ethernet sends from
    private static final long OTHER = 0x0200_0000_0099L;

    private static byte[] mac(long address) {
        return hex("%012x".formatted(address));
    }

    private static byte[] host(int last) {
        return new byte[] {10, 0, (byte) (last >> 8), (byte) last};
    }

    private static byte[] arp(boolean asks, long mac, byte[] sender, byte[] target) {
        byte[] head = hex("0001 0800 0604");
        return ethernet(0x0806, join(head, u16(asks ? 1 : 2), mac(mac), sender, mac(0), target));
    }

    private static byte[] discovery(String source, String target, int hops, byte[] message) {
        return ethernet(
                0x86dd,
                join(
                        hex("60000000"),
                        u16(message.length),
                        new byte[] {58, (byte) hops},
                        hex(source),
                        hex(target),
                        message));
    }

    private static final String HOST_1 = "fe80000000000000 0000000000000001";
    private static final String HOST_2 = "fe80000000000000 0000000000000002";
    private static final String SOLICITED_2 = "ff02000000000000 00000001ff000002";
    private static final String ALL_NODES = "ff02000000000000 0000000000000001";
    private static final String NOBODY = "0000000000000000 0000000000000000";

    private static List<Neighbor> neighbors(Capture capture) {
        return EventsOf.kind(Neighbor.class, capture, 1);
    }

    @Test
    void a_question_and_its_answer_are_a_row_each() {
        Capture capture =
                new Capture(ETHERNET)
                        .frame(0, arp(true, MINE, host(1), host(2)))
                        .frame(1000, arp(true, MINE, host(1), host(2)))
                        .frame(1001, arp(false, MINE, host(2), host(1)));
        assertThat(neighbors(capture))
                .extracting(
                        n -> n.orig_h().toString(),
                        n -> n.resp_h().toString(),
                        Neighbor::orig_l2_addr,
                        Neighbor::requests,
                        Neighbor::replies,
                        Neighbor::unasked,
                        Neighbor::mismatched)
                .containsExactly(
                        tuple("10.0.0.1", "10.0.0.2", MINE, 2L, 0L, 0L, 0L),
                        tuple("10.0.0.2", "10.0.0.1", MINE, 0L, 1L, 0L, 0L));
    }

    @Test
    void answers_that_nobody_asked_for_and_other_addresses_stand_out() {
        Capture capture =
                new Capture(ETHERNET)
                        .frame(0, arp(true, MINE, host(1), host(2)))
                        .frame(1, arp(false, MINE, host(2), host(1)))
                        .frame(11_000, arp(false, OTHER, host(2), host(1)));
        assertThat(neighbors(capture))
                .filteredOn(n -> n.replies() > 0)
                .extracting(
                        Neighbor::orig_l2_addr,
                        Neighbor::other_l2_addr,
                        Neighbor::replies,
                        Neighbor::unasked,
                        Neighbor::mismatched)
                .containsExactly(tuple(MINE, OTHER, 2L, 1L, 1L));
    }

    @Test
    void a_late_answer_finds_its_question_across_the_minute() {
        Capture capture =
                new Capture(ETHERNET)
                        .frame(0, arp(true, MINE, host(1), host(2)))
                        .frame(59_000, arp(true, MINE, host(1), host(2)))
                        .frame(61_000, arp(false, MINE, host(2), host(1)));
        assertThat(neighbors(capture))
                .extracting(Neighbor::requests, Neighbor::unasked)
                .containsExactly(tuple(2L, 0L), tuple(0L, 0L));
    }

    @Test
    void announcements_and_probes_are_told_apart() {
        Capture capture =
                new Capture(ETHERNET)
                        .frame(0, arp(true, MINE, host(1), host(1)))
                        .frame(5, arp(false, MINE, host(1), host(1)))
                        .frame(9, arp(true, MINE, new byte[4], host(3)));
        assertThat(neighbors(capture))
                .extracting(
                        n -> n.orig_h().toString(),
                        Neighbor::announcements,
                        Neighbor::probes,
                        Neighbor::replies)
                .containsExactly(tuple("10.0.0.1", 2L, 0L, 0L), tuple("0.0.0.0", 0L, 1L, 0L));
    }

    @Test
    void a_copy_is_counted_once() {
        byte[] question = arp(true, MINE, host(1), host(2));
        Capture capture = new Capture(ETHERNET).frameMicros(0, question).frameMicros(9, question);
        assertThat(neighbors(capture)).extracting(Neighbor::requests).containsExactly(1L);
    }

    @Test
    void neighbour_discovery_is_the_same_for_ipv6() {
        byte[] asks = join(hex("87000000 00000000"), hex(HOST_2), hex("0101"), mac(MINE));
        byte[] answers = join(hex("88000000 60000000"), hex(HOST_2), hex("0201"), mac(OTHER));
        byte[] tells = join(hex("88000000 20000000"), hex(HOST_2), hex("0201"), mac(MINE));
        byte[] probes = join(hex("87000000 00000000"), hex(HOST_2));
        byte[] routes = join(hex("86000000 40000708 00000000 00000000"), hex("0101"), mac(MINE));
        Capture capture =
                new Capture(ETHERNET)
                        .frame(0, discovery(NOBODY, SOLICITED_2, 255, probes))
                        .frame(10, discovery(HOST_1, SOLICITED_2, 255, asks))
                        .frame(20, discovery(HOST_2, HOST_1, 255, answers))
                        .frame(30, discovery(HOST_2, ALL_NODES, 255, tells))
                        .frame(40, discovery(HOST_1, ALL_NODES, 255, routes))
                        .frame(50, discovery(HOST_2, HOST_1, 64, answers)); // came by a router
        for (int workers = 1; workers <= 4; workers++) {
            assertThat(EventsOf.kind(Neighbor.class, capture, workers))
                    .extracting(
                            n -> n.orig_h().toString(),
                            n -> n.resp_h().toString(),
                            Neighbor::orig_l2_addr,
                            n -> n.requests() + 10 * n.replies() + 100 * n.announcements(),
                            n -> n.probes() + 10 * n.router_ads(),
                            Neighbor::unasked,
                            Neighbor::mismatched)
                    .containsExactly(
                            tuple("::", "fe80::2", MINE, 0L, 1L, 0L, 0L),
                            tuple("fe80::1", "fe80::2", MINE, 1L, 0L, 0L, 0L),
                            tuple("fe80::2", "fe80::1", OTHER, 10L, 0L, 0L, 1L),
                            tuple("fe80::2", "fe80::2", MINE, 100L, 0L, 0L, 0L),
                            tuple("fe80::1", "ff02::1", MINE, 0L, 10L, 0L, 0L));
            assertThat(EventsOf.kind(Conn.class, capture, workers))
                    .as("each is a packet of a connection as before")
                    .extracting(conn -> conn.orig_pkts() + conn.resp_pkts())
                    .contains(1L)
                    .satisfies(
                            counts ->
                                    assertThat(counts.stream().mapToLong(Long::longValue).sum())
                                            .isEqualTo(6));
        }
    }

    @Test
    void what_is_no_arp_of_ethernet_and_ipv4_is_passed_over() {
        Capture capture =
                new Capture(ETHERNET)
                        .frame(0, ethernet(0x0806, hex("0001 0800 0604 0001")))
                        .frame(1, ethernet(0x0806, new byte[28]))
                        .frame(2, ethernet(0x0806, join(hex("0001080006040009"), new byte[20])));
        assertThat(EventsOf.all(capture, 1)).isEmpty();
    }

    @Test
    void a_sweep_beyond_the_table_is_told_early_and_nothing_is_lost() {
        Capture capture = new Capture(ETHERNET);
        int targets = 70_000;
        for (int i = 0; i < targets; i++) {
            byte[] target = {10, (byte) (1 + (i >> 16)), (byte) (i >> 8), (byte) i};
            capture.frameMicros(10 * i, arp(true, MINE, host(1), target));
        }
        assertThat(neighbors(capture)).hasSize(targets).allMatch(n -> n.requests() == 1);
    }
}
