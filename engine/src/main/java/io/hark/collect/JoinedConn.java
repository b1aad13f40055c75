package io.hark.collect;

import io.hark.event.Conn;
import io.hark.event.Endpoints;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A connection as those sensors know it that told of it so far.
///
/// What is said of it is what the sensor says that lost least. Where that one saw one direction
/// only, and another the other one (taps on two ways of a route), each direction is told by who saw
/// it, and how it began and ended by both.
///
/// @param conn what is known; its `observed_by` are the sensors
/// @param offset what the collector's clock is ahead of that of the sensor whose times it has
record JoinedConn(Conn conn, long offset) {

    private static final int TCP = 6;

    /// Who lost less comes first: in octets, then in packets; of two that are even, by name.
    private static final Comparator<JoinedConn> BY_LOSS =
            Comparator.<JoinedConn>comparingLong(one -> one.conn.missed_bytes())
                    .thenComparing(Comparator.comparingLong(JoinedConn::packets).reversed())
                    .thenComparing(one -> sensors(one.conn).getFirst());

    /// What one sensor tells.
    static JoinedConn of(Conn told, String sensor, long offset) {
        return new JoinedConn(seen(told, List.of(sensor), null), offset);
    }

    private static List<String> sensors(Conn conn) {
        List<String> sensors = conn.observed_by();
        return sensors == null ? List.of("") : sensors;
    }

    private long packets() {
        return conn.orig_pkts() + conn.resp_pkts();
    }

    /// When it began, by the collector's clock.
    long first() {
        return conn.ts() + offset;
    }

    private long last() {
        Long duration = conn.duration();
        return first() + (duration == null ? 0 : duration);
    }

    /// Whether another sensor's, which has the same Community ID, may be the same.
    ///
    /// @param apart how far the two may put the same moment apart
    boolean isSame(JoinedConn other, long apart) {
        return sensors(conn).stream().noneMatch(sensors(other.conn)::contains)
                && first() <= other.last() + apart
                && other.first() <= last() + apart;
    }

    /// What both know.
    JoinedConn joined(JoinedConn other) {
        JoinedConn best = BY_LOSS.compare(this, other) <= 0 ? this : other;
        JoinedConn rest = best == this ? other : this;
        List<String> all =
                List.copyOf(
                        new TreeSet<>(
                                Stream.concat(sensors(conn).stream(), sensors(other.conn).stream())
                                        .toList()));
        boolean isHalf = best.conn.orig_pkts() == 0 || best.conn.resp_pkts() == 0;
        boolean isReversed = !best.conn.id().equals(rest.conn.id());
        Conn turned = isReversed ? turned(rest.conn) : rest.conn;
        boolean helps =
                isHalf
                        && (best.conn.orig_pkts() == 0 ? turned.orig_pkts() : turned.resp_pkts())
                                > 0;
        if (!helps) {
            Conn whole = seen(best.conn, all, uids(best.conn, rest.conn));
            return new JoinedConn(named(whole, rest.conn), best.offset);
        }
        JoinedConn a = best;
        JoinedConn b = new JoinedConn(turned, rest.offset);
        if (isReversed && b.beginsSurer(a)) { // it is the other one that knows who called
            a = rest;
            b = new JoinedConn(turned(best.conn), best.offset);
        }
        boolean aHasOrig = a.conn.orig_pkts() > 0;
        Conn halves = aHasOrig ? halves(a, b, a, b) : halves(b, a, a, b);
        return new JoinedConn(seen(halves, all, uids(a.conn, b.conn)), a.offset);
    }

    /// Whether this half saw more of how the connection began than that one.
    private boolean beginsSurer(JoinedConn other) {
        return sureness() > other.sureness()
                || sureness() == other.sureness() && first() < other.first();
    }

    /// A SYN tells who called, an answer to one too.
    private int sureness() {
        String letters = conn.history() == null ? "" : conn.history();
        return letters.startsWith("S") || letters.startsWith("^S")
                ? 2
                : letters.contains("h") ? 1 : 0;
    }

    private static @Nullable List<String> uids(Conn best, Conn rest) {
        TreeSet<String> uids = new TreeSet<>();
        uids.add(rest.uid());
        for (Conn one : List.of(best, rest)) {
            if (one.other_uids() != null) {
                uids.addAll(one.other_uids());
            }
        }
        uids.remove(best.uid());
        return uids.isEmpty() ? null : List.copyOf(uids);
    }

    /// The same with the sides changed.
    private static Conn turned(Conn c) {
        Endpoints id = c.id();
        return new Conn(
                c.ts(),
                c.seen(),
                c.uid(),
                new Endpoints(id.resp_h(), id.resp_p(), id.orig_h(), id.orig_p()),
                c.proto(),
                c.service(),
                c.duration(),
                c.resp_bytes(),
                c.orig_bytes(),
                c.conn_state(),
                c.local_resp(),
                c.local_orig(),
                c.missed_bytes(),
                turned(c.history()),
                c.resp_pkts(),
                c.resp_ip_bytes(),
                c.orig_pkts(),
                c.orig_ip_bytes(),
                c.tunnel(),
                c.ip_proto(),
                c.community_id(),
                c.resp_l2_addr(),
                c.orig_l2_addr(),
                c.vlan(),
                c.inner_vlan(),
                null,
                null,
                null,
                c.updates(),
                negated(c.payload_lens()),
                c.payload_gaps(),
                c.resp_entropy(),
                c.orig_entropy(),
                c.resp_printable(),
                c.orig_printable(),
                c.resp_set_bits(),
                c.orig_set_bits(),
                c.resp_ttl(),
                c.orig_ttl(),
                c.rtt(),
                c.resp_frame_bytes(),
                c.orig_frame_bytes(),
                c.resp_tcp_flags(),
                c.orig_tcp_flags(),
                c.observed_by(),
                c.other_uids());
    }

    private static @Nullable String turned(@Nullable String history) {
        if (history == null) {
            return null;
        }
        StringBuilder turned = new StringBuilder();
        history.chars()
                .forEach(
                        letter ->
                                turned.appendCodePoint(
                                        Character.isUpperCase(letter)
                                                ? Character.toLowerCase(letter)
                                                : Character.toUpperCase(letter)));
        return turned.toString();
    }

    private static long[] negated(long[] lengths) {
        return java.util.Arrays.stream(lengths).map(length -> -length).toArray();
    }

    /// One connection of two halves that agree on who called. The letters of one direction stand
    /// behind those of the other, and its shape is that of one: clocks of two sensors do not tell
    /// what came first to the microsecond.
    ///
    /// @param o who saw the originator
    /// @param r who saw the responder
    /// @param a whose clock and id it gets
    /// @param b the other one
    private static Conn halves(JoinedConn o, JoinedConn r, JoinedConn a, JoinedConn b) {
        Conn orig = o.conn;
        Conn resp = r.conn;
        long first = Math.min(a.first(), b.first()) - a.offset;
        long last = Math.max(a.last(), b.last()) - a.offset;
        String history =
                (orig.history() == null ? "" : orig.history())
                        + (resp.history() == null ? "" : resp.history());
        Conn name = a.conn.resp_name() == null ? b.conn : a.conn;
        return new Conn(
                first,
                a.conn.seen(),
                a.conn.uid(),
                a.conn.id(),
                a.conn.proto(),
                a.conn.service() == null ? b.conn.service() : a.conn.service(),
                last > first ? last - first : null,
                orig.orig_bytes(),
                resp.resp_bytes(),
                a.conn.ip_proto() == TCP ? state(history) : "SF",
                a.conn.local_orig(),
                a.conn.local_resp(),
                orig.missed_bytes() + resp.missed_bytes(),
                history.isEmpty() ? null : history,
                orig.orig_pkts(),
                orig.orig_ip_bytes(),
                resp.resp_pkts(),
                resp.resp_ip_bytes(),
                a.conn.tunnel(),
                a.conn.ip_proto(),
                a.conn.community_id(),
                orig.orig_l2_addr(),
                resp.resp_l2_addr(),
                a.conn.vlan(),
                a.conn.inner_vlan(),
                name.resp_name(),
                name.name_source(),
                name.app(),
                Math.max(a.conn.updates(), b.conn.updates()),
                a.conn.payload_lens(),
                a.conn.payload_gaps(),
                orig.orig_entropy(),
                resp.resp_entropy(),
                orig.orig_printable(),
                resp.resp_printable(),
                orig.orig_set_bits(),
                resp.resp_set_bits(),
                orig.orig_ttl(),
                resp.resp_ttl(),
                null,
                orig.orig_frame_bytes(),
                resp.resp_frame_bytes(),
                orig.orig_tcp_flags(),
                resp.resp_tcp_flags(),
                null,
                null);
    }

    /// How it began and ended, in Zeek's words, as far as the letters of both directions tell.
    private static String state(String history) {
        if (history.indexOf('S') < 0 || history.indexOf('h') < 0) {
            return history.indexOf('S') >= 0 && history.indexOf('r') >= 0 ? "REJ" : "OTH";
        }
        if (history.indexOf('R') >= 0) {
            return "RSTO";
        }
        if (history.indexOf('r') >= 0) {
            return "RSTR";
        }
        boolean origEnds = history.indexOf('F') >= 0;
        boolean respEnds = history.indexOf('f') >= 0;
        return origEnds ? respEnds ? "SF" : "S2" : respEnds ? "S3" : "S1";
    }

    private static Conn named(Conn conn, Conn other) {
        return conn.resp_name() == null
                        && other.resp_name() != null
                        && other.name_source() != null
                        && other.id().equals(conn.id())
                ? conn.named(other.resp_name(), other.name_source(), other.app())
                : conn;
    }

    private static Conn seen(Conn conn, List<String> by, @Nullable List<String> otherUids) {
        return conn.observed(conn.seen(), by, otherUids);
    }
}
