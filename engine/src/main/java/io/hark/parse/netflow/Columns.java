package io.hark.parse.netflow;

import io.hark.event.Flow;
import io.hark.format.CommunityId;
import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Makes a [Flow] of the elements of a record.
///
/// *Thread*: the worker that owns the exporters.
final class Columns {

    /// How long before its export a flow may have begun to be shown there: routers export long
    /// flows every half an hour, and a clock that is further off is believed less than the time at
    /// which the record came.
    private static final long MAX_AGE_MILLIS = 24 * 3_600_000L;

    private static final long MILLI = 1_000_000L; // nanoseconds
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int ICMP = 1;
    private static final int ICMP6 = 58;
    private static final int SCTP = 132;

    private final CommunityId communityId = new CommunityId();

    /// What the message around a record says.
    ///
    /// @param seen when it came
    /// @param uid the connection it came by
    /// @param exportMillis when it was sent by the exporter's clock, since 1970
    record Around(
            long seen,
            String uid,
            Addr exporter,
            String format,
            int version,
            long sequence,
            long domain,
            long exportMillis) {}

    /// The row.
    ///
    /// @param kind data, options, sample or counters
    Flow flow(
            Around around,
            String kind,
            @Nullable Integer template,
            FlowRecord of,
            @Nullable Long rate) {
        Addr from = of.address(Iana.SOURCE_V4, Iana.SOURCE_V6);
        Addr to = of.address(Iana.DESTINATION_V4, Iana.DESTINATION_V6);
        Integer protocol = of.small(Iana.PROTOCOL);
        boolean icmp = protocol != null && (protocol == ICMP || protocol == ICMP6);
        Integer fromPort = icmp ? icmpType(of) : of.small(Iana.SOURCE_PORT);
        Integer toPort = icmp ? icmpCode(of) : of.small(Iana.DESTINATION_PORT);
        Long start = start(of, around.exportMillis);
        Long duration = duration(of, start, around.exportMillis);
        return new Flow(
                ts(start, around),
                around.seen,
                around.uid,
                around.exporter,
                around.format,
                around.version,
                kind,
                around.sequence,
                around.domain,
                template,
                from,
                fromPort,
                to,
                toPort,
                protocol == null ? null : name(protocol),
                community(from, fromPort, to, toPort, protocol),
                duration == null ? null : duration * MILLI,
                of.number(
                        Iana.PACKET_DELTA,
                        Iana.PACKET_TOTAL,
                        Iana.INITIATOR_PACKETS,
                        Iana.POST_PACKET_DELTA),
                of.number(
                        Iana.OCTET_DELTA,
                        Iana.OCTET_TOTAL,
                        Iana.INITIATOR_OCTETS,
                        Iana.POST_OCTET_DELTA),
                of.number(
                        Element.REVERSED + Iana.PACKET_DELTA,
                        Element.REVERSED + Iana.PACKET_TOTAL,
                        Iana.RESPONDER_PACKETS),
                of.number(
                        Element.REVERSED + Iana.OCTET_DELTA,
                        Element.REVERSED + Iana.OCTET_TOTAL,
                        Iana.RESPONDER_OCTETS),
                of.small(Iana.TCP_FLAGS),
                of.number(Iana.IN_INTERFACE),
                of.number(Iana.OUT_INTERFACE),
                of.small(Iana.VLAN, Iana.DOT1Q_VLAN),
                of.address(Iana.NAT_SOURCE_V4, Iana.NAT_SOURCE_V6),
                of.small(Iana.NAT_SOURCE_PORT),
                of.address(Iana.NAT_DESTINATION_V4, Iana.NAT_DESTINATION_V6),
                of.small(Iana.NAT_DESTINATION_PORT),
                rate,
                of.elements());
    }

    private static String name(int protocol) {
        return switch (protocol) {
            case TCP -> "tcp";
            case UDP -> "udp";
            case ICMP, ICMP6 -> "icmp";
            case SCTP -> "sctp";
            default -> "unknown_transport";
        };
    }

    private @Nullable String community(
            @Nullable Addr from,
            @Nullable Integer fromPort,
            @Nullable Addr to,
            @Nullable Integer toPort,
            @Nullable Integer protocol) {
        if (from == null || fromPort == null || to == null || toPort == null || protocol == null) {
            return null;
        }
        return protocol == TCP || protocol == UDP || protocol == SCTP
                ? communityId.of(from, fromPort, to, toPort, protocol)
                : null;
    }

    // ---- ICMP: elements of its own, or both in one number, which NetFlow has for a port

    private static @Nullable Integer icmpType(FlowRecord of) {
        Integer type = of.small(Iana.ICMP_TYPE_V4, Iana.ICMP_TYPE_V6);
        Integer both = icmpBoth(of);
        return type != null ? type : both == null ? null : Integer.valueOf(both >>> 8 & 0xff);
    }

    private static @Nullable Integer icmpCode(FlowRecord of) {
        Integer code = of.small(Iana.ICMP_CODE_V4, Iana.ICMP_CODE_V6);
        Integer both = icmpBoth(of);
        return code != null ? code : both == null ? null : Integer.valueOf(both & 0xff);
    }

    private static @Nullable Integer icmpBoth(FlowRecord of) {
        return of.small(Iana.ICMP_TYPE_CODE_V4, Iana.ICMP_TYPE_CODE_V6, Iana.DESTINATION_PORT);
    }

    // ---- time, in milliseconds since 1970

    private static @Nullable Long start(FlowRecord of, long export) {
        Long start =
                moment(
                        of,
                        Iana.START_MILLIS,
                        Iana.START_SECONDS,
                        Iana.START_MICROS,
                        Iana.START_NANOS);
        Long delta = of.number(Iana.START_DELTA_MICROS);
        Long up = of.number(Iana.START_UP_TIME);
        Long boot = of.number(Iana.BOOT_MILLIS);
        if (start == null && delta != null) {
            return export - delta / 1000;
        }
        return start == null && up != null && boot != null ? Long.valueOf(boot + up) : start;
    }

    private static @Nullable Long end(FlowRecord of, long export) {
        Long end = moment(of, Iana.END_MILLIS, Iana.END_SECONDS, Iana.END_MICROS, Iana.END_NANOS);
        Long delta = of.number(Iana.END_DELTA_MICROS);
        return end == null && delta != null ? Long.valueOf(export - delta / 1000) : end;
    }

    private static @Nullable Long moment(
            FlowRecord of, int millis, int seconds, int micros, int nanos) {
        if (of.has(millis)) {
            return of.number(millis);
        }
        Long whole = of.number(seconds);
        Long finer = of.number(micros);
        Long finest = of.number(nanos);
        return whole != null
                ? Long.valueOf(whole * 1000)
                : finer != null
                        ? Long.valueOf(finer / 1000)
                        : finest != null ? Long.valueOf(finest / MILLI) : null;
    }

    private static @Nullable Long duration(FlowRecord of, @Nullable Long start, long export) {
        Long told = of.number(Iana.DURATION_MILLIS);
        Long micros = of.number(Iana.DURATION_MICROS);
        Long firstUp = of.number(Iana.START_UP_TIME);
        Long lastUp = of.number(Iana.END_UP_TIME);
        Long end = end(of, export);
        Long millis =
                told != null
                        ? told
                        : micros != null
                                ? Long.valueOf(micros / 1000)
                                : start != null && end != null
                                        ? Long.valueOf(end - start)
                                        : firstUp != null && lastUp != null
                                                ? Long.valueOf(lastUp - firstUp)
                                                : null;
        return millis == null || millis < 0 || millis > Long.MAX_VALUE / MILLI ? null : millis;
    }

    private static long ts(@Nullable Long startMillis, Around around) {
        long seenMillis = around.seen / MILLI;
        return startMillis != null
                        && startMillis <= seenMillis
                        && startMillis > seenMillis - MAX_AGE_MILLIS
                ? startMillis * MILLI
                : around.seen;
    }
}
