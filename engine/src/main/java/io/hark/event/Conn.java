package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A connection that ended, with Zeek's fields and the *shape* that detectors need of what cannot
/// be read.
@Named(
        value = "conn",
        about = "a connection that ended, or that the input ended on",
        sight = Sight.SHAPE)
public record Conn(
        @About(value = "time of the first packet", unit = Unit.TIME) long ts,
        @About(value = "when it was known to have ended", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("tcp, udp, icmp, sctp or unknown_transport") String proto,
        @About("protocols recognised by content, comma list") @Nullable String service,
        @About(value = "first to last packet", unit = Unit.DURATION) @Nullable Long duration,
        @About(value = "payload bytes of the originator", unit = Unit.BYTES)
                @Nullable Long orig_bytes,
        @About(value = "payload bytes of the responder", unit = Unit.BYTES)
                @Nullable Long resp_bytes,
        @About("how it began and ended, in Zeek's words: SF, S0, REJ …") String conn_state,
        @About("whether the originator is of the local networks") boolean local_orig,
        @About("whether the responder is of the local networks") boolean local_resp,
        @About(value = "payload bytes known to be missing", unit = Unit.BYTES) long missed_bytes,
        @About("what happened, in Zeek's letters; upper case is the originator")
                @Nullable String history,
        @About(value = "packets of the originator", unit = Unit.PACKETS) long orig_pkts,
        @About(value = "IP bytes of the originator", unit = Unit.BYTES) long orig_ip_bytes,
        @About(value = "packets of the responder", unit = Unit.PACKETS) long resp_pkts,
        @About(value = "IP bytes of the responder", unit = Unit.BYTES) long resp_ip_bytes,
        @About("the tunnel around it, outermost first: vxlan 10.0.0.1 > 10.0.0.2 vni 7")
                @Nullable String tunnel,
        @About("number of the IP protocol") int ip_proto,
        @About("Community ID v1 of the innermost 5-tuple") @Nullable String community_id,
        @About(value = "hardware address on the originator's side", unit = Unit.MAC)
                @Nullable Long orig_l2_addr,
        @About(value = "hardware address on the responder's side", unit = Unit.MAC)
                @Nullable Long resp_l2_addr,
        @About("VLAN id, the outer one of two") @Nullable Integer vlan,
        @About("inner VLAN id") @Nullable Integer inner_vlan,
        @About("name the originator knows the responder by") @Nullable String resp_name,
        @About("where that name comes from: dns (an answer to that client), sni, host, certificate")
                @Nullable String name_source,
        @About("application that servers of that name belong to: YouTube, Teams, AnyDesk")
                @Nullable String app,
        @About("how many conn_update events came before") int updates,
        @About(
                        value =
                                "lengths of the first 32 payload segments in order; the responder's are negative",
                        unit = Unit.BYTES,
                        log = false)
                long[] payload_lens,
        @About(
                        value = "time from each of those segments to the one before",
                        unit = Unit.DURATION,
                        log = false)
                long[] payload_gaps,
        @About(value = "entropy of the originator's first payload", unit = Unit.BITS, log = false)
                @Nullable Double orig_entropy,
        @About(value = "entropy of the responder's first payload", unit = Unit.BITS, log = false)
                @Nullable Double resp_entropy,
        @About(
                        value = "printable share of the originator's first payload",
                        unit = Unit.SHARE,
                        log = false)
                @Nullable Double orig_printable,
        @About(
                        value = "printable share of the responder's first payload",
                        unit = Unit.SHARE,
                        log = false)
                @Nullable Double resp_printable,
        @About(
                        value = "mean number of set bits a byte in the originator's first payload",
                        log = false)
                @Nullable Double orig_set_bits,
        @About(
                        value = "mean number of set bits a byte in the responder's first payload",
                        log = false)
                @Nullable Double resp_set_bits,
        @About(value = "TTL or hop limit of the originator's first packet", log = false)
                @Nullable Integer orig_ttl,
        @About(value = "TTL or hop limit of the responder's first packet", log = false)
                @Nullable Integer resp_ttl,
        @About(value = "SYN to SYN+ACK, or request to answer", unit = Unit.DURATION, log = false)
                @Nullable Long rtt,
        @About(
                        value =
                                "bytes of the originator's frames, with link headers; in a tunnel, of the inner packets",
                        unit = Unit.BYTES,
                        log = false)
                long orig_frame_bytes,
        @About(
                        value =
                                "bytes of the responder's frames, with link headers; in a tunnel, of the inner packets",
                        unit = Unit.BYTES,
                        log = false)
                long resp_frame_bytes,
        @About(value = "all TCP flags that the originator set, as in the header", log = false)
                @Nullable Integer orig_tcp_flags,
        @About(value = "all TCP flags that the responder set, as in the header", log = false)
                @Nullable Integer resp_tcp_flags,
        @About(value = "sensors that saw it, where sensors ship to a collector", log = false)
                @Nullable List<String> observed_by,
        @About(value = "ids that other sensors gave it, in their events about it", log = false)
                @Nullable List<String> other_uids)
        implements OfConnection {

    /// Keeps its own copies.
    public Conn {
        observed_by = observed_by == null ? null : List.copyOf(observed_by);
        other_uids = other_uids == null ? null : List.copyOf(other_uids);
    }

    /// The same with a name of the responder.
    ///
    /// @param source where it comes from
    /// @param app the application that it belongs to
    public Conn named(String name, String source, @Nullable String app) {
        return with(seen, name, source, app, observed_by, other_uids);
    }

    /// The same as a collector knows it.
    ///
    /// @param at when it does
    /// @param sensors who saw it
    /// @param uids what else it is called by them; null for nothing
    public Conn observed(long at, @Nullable List<String> sensors, @Nullable List<String> uids) {
        return with(at, resp_name, name_source, app, sensors, uids);
    }

    private Conn with(
            long at,
            @Nullable String name,
            @Nullable String source,
            @Nullable String application,
            @Nullable List<String> sensors,
            @Nullable List<String> uids) {
        return new Conn(
                ts,
                at,
                uid,
                id,
                proto,
                service,
                duration,
                orig_bytes,
                resp_bytes,
                conn_state,
                local_orig,
                local_resp,
                missed_bytes,
                history,
                orig_pkts,
                orig_ip_bytes,
                resp_pkts,
                resp_ip_bytes,
                tunnel,
                ip_proto,
                community_id,
                orig_l2_addr,
                resp_l2_addr,
                vlan,
                inner_vlan,
                name,
                source,
                application,
                updates,
                payload_lens,
                payload_gaps,
                orig_entropy,
                resp_entropy,
                orig_printable,
                resp_printable,
                orig_set_bits,
                resp_set_bits,
                orig_ttl,
                resp_ttl,
                rtt,
                orig_frame_bytes,
                resp_frame_bytes,
                orig_tcp_flags,
                resp_tcp_flags,
                sensors,
                uids);
    }

    /// Payload bytes of the originator as far as they can be believed: sizes are told by sequence
    /// numbers, and a reset with a wild one tells of gigabytes, so no more than went by or is known
    /// to be missing.
    public long origPayload() {
        return orig_bytes == null ? 0 : Math.min(orig_bytes, orig_ip_bytes + missed_bytes);
    }

    /// Those of the responder.
    public long respPayload() {
        return resp_bytes == null ? 0 : Math.min(resp_bytes, resp_ip_bytes + missed_bytes);
    }
}
