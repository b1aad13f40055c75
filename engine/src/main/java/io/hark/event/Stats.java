package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// What was taken in, and what each place on the way lost; counts are of the interval. The places
/// are never added up. Every 5 minutes of packet time, and at the end.
@Named(
        value = "stats",
        about = "what was taken in, and what was lost at each place on the way, by interval")
public record Stats(
        @About(value = "end of the interval", unit = Unit.TIME) long ts,
        @About(value = "end of the interval", unit = Unit.TIME, log = false) long seen,
        @About(value = "length of the interval", unit = Unit.DURATION, log = false) long ts_delta,
        @About("who counted") String peer,
        @About(value = "frames taken in", unit = Unit.PACKETS) long pkts_proc,
        @About(value = "their bytes on the wire", unit = Unit.BYTES) long bytes_recv,
        @About(value = "dropped by the kernel; absent where nobody tells", unit = Unit.PACKETS)
                @Nullable Long pkts_dropped,
        @About(
                        value =
                                "dropped by the interface for want of room; absent where nobody tells",
                        unit = Unit.PACKETS,
                        log = false)
                @Nullable Long ring_dropped,
        @About(
                        value = "dropped by a full queue of ours; absent where nobody tells",
                        unit = Unit.PACKETS,
                        log = false)
                @Nullable Long queue_dropped,
        @About(value = "pieces not carried up for want of budget", log = false) long shed_pieces,
        @About(
                        value = "payload bytes that were acknowledged and never came by",
                        unit = Unit.BYTES,
                        log = false)
                long missed_bytes,
        @About("events told") long events_proc,
        @About("TCP connections known at the end of the interval") long active_tcp_conns,
        @About("UDP conversations known at the end of the interval") long active_udp_conns,
        @About("ICMP conversations known at the end of the interval") long active_icmp_conns,
        @About("TCP connections that began") long tcp_conns,
        @About("UDP conversations that began") long udp_conns,
        @About("ICMP conversations that began") long icmp_conns,
        @About(value = "packet time since the first frame", unit = Unit.DURATION, log = false)
                long uptime,
        @About(value = "frames taken in since then", unit = Unit.PACKETS, log = false)
                long pkts_total,
        @About(value = "their bytes on the wire", unit = Unit.BYTES, log = false) long bytes_total,
        @About(
                        value = "dropped by the kernel since then; absent where nobody tells",
                        unit = Unit.PACKETS,
                        log = false)
                @Nullable Long dropped_total,
        @About(value = "TCP connections that began since then", log = false) long tcp_total)
        implements Event {}
