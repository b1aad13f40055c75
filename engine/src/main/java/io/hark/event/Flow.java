package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A record that a router, firewall or probe exported about traffic it saw.
///
/// *Shape*: one row a data record, in wire order; `elements` holds everything that the record had,
/// the columns what searching, SQL and detectors need. Flows have one direction, so `orig_h` is who
/// sent the packets that are counted, not who opened the connection. Counts are as exported: where
/// packets were sampled, multiply by `sampling`.
///
/// *Source*: RFC 3954 (NetFlow v9), RFC 7011 (IPFIX), sflow.org *sFlow Version 5*.
@Named(value = "flow", about = "a record exported by NetFlow, IPFIX or sFlow", sight = Sight.FLOW)
public record Flow(
        @About(
                        value =
                                "when the flow began, if the record tells and the day before its export has it; else when it was exported",
                        unit = Unit.TIME)
                long ts,
        @About(value = "when it was exported", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection that the export came by") String uid,
        @About("who exported it") Addr exporter,
        @About("netflow, ipfix or sflow") String format,
        @About("version of the format: 5, 9; 10 for IPFIX") int version,
        @About("data, options (about the exporter), sample (one packet) or counters") String record,
        @About("sequence number of the message it came in") long sequence_number,
        @About("part of the exporter that it is of: source or observation domain") long domain,
        @About("number of its template") @Nullable Integer template_id,
        @About(value = "who sent the packets", name = "id.orig_h") @Nullable Addr orig_h,
        @About(value = "from which port; of ICMP the type", name = "id.orig_p")
                @Nullable Integer orig_p,
        @About(value = "who they were sent to", name = "id.resp_h") @Nullable Addr resp_h,
        @About(value = "to which port; of ICMP the code", name = "id.resp_p")
                @Nullable Integer resp_p,
        @About("tcp, udp, icmp, sctp or unknown_transport") @Nullable String proto,
        @About("Community ID v1 of TCP, UDP and SCTP, which joins it to conn")
                @Nullable String community_id,
        @About(value = "first to last packet", unit = Unit.DURATION) @Nullable Long duration,
        @About(value = "packets", unit = Unit.PACKETS) @Nullable Long packets,
        @About(value = "IP bytes; of a sample those of its frame", unit = Unit.BYTES)
                @Nullable Long bytes,
        @About(value = "packets the other way, where one record has both", unit = Unit.PACKETS)
                @Nullable Long reverse_packets,
        @About(value = "bytes the other way, where one record has both", unit = Unit.BYTES)
                @Nullable Long reverse_bytes,
        @About("all TCP flags seen, as in the header") @Nullable Integer tcp_flags,
        @About("interface that they came in by") @Nullable Long in_if,
        @About("interface that they left by") @Nullable Long out_if,
        @About("VLAN id") @Nullable Integer vlan,
        @About("sender behind address translation") @Nullable Addr nat_orig_h,
        @About("its port there") @Nullable Integer nat_orig_p,
        @About("receiver behind address translation") @Nullable Addr nat_resp_h,
        @About("its port there") @Nullable Integer nat_resp_p,
        @About("one packet in so many was looked at; absent where nothing says so")
                @Nullable Long sampling,
        @About("everything that the record had; in flow.log fields of their own")
                List<FlowElement> elements)
        implements Event {

    /// Keeps its own copy.
    public Flow {
        elements = List.copyOf(elements);
    }
}
