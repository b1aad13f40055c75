package io.hark.parse.netflow;

import io.hark.bytes.Bytes;
import io.hark.event.FlowElement;
import io.hark.schema.Addr;
import java.util.HexFormat;

/// Reads the records in a sample. Those that are not known are stepped over.
///
/// *Source*: sflow.org, *sFlow Version 5* §5, *sFlow Host Structures* for 2000 to 2006.
final class SflowRecords {

    private static final int RAW_HEADER = 1;
    private static final int ETHERNET_FRAME = 2;
    private static final int IPV4 = 3;
    private static final int IPV6 = 4;
    private static final int SWITCH = 1001;
    private static final int ROUTER = 1002;
    private static final int GATEWAY = 1003;
    private static final int USER = 1004;
    private static final int URL = 1005;

    private static final int INTERFACE_COUNTERS = 1;
    private static final int ETHERNET_COUNTERS = 2;
    private static final int VLAN_COUNTERS = 5;
    private static final int PROCESSOR = 1001;
    private static final int HOST = 2000;

    private static final int MAX_TEXT = 1024; // octets of a text that are shown

    /// Counters in their order; one with a `*` has eight octets, the others four.
    private static final String[] INTERFACE_NAMES = {
        "ifIndex",
        "ifType",
        "*ifSpeed",
        "ifDirection",
        "ifStatus",
        "*ifInOctets",
        "ifInUcastPkts",
        "ifInMulticastPkts",
        "ifInBroadcastPkts",
        "ifInDiscards",
        "ifInErrors",
        "ifInUnknownProtos",
        "*ifOutOctets",
        "ifOutUcastPkts",
        "ifOutMulticastPkts",
        "ifOutBroadcastPkts",
        "ifOutDiscards",
        "ifOutErrors",
        "ifPromiscuousMode"
    };

    private static final String[] ETHERNET_NAMES = {
        "dot3StatsAlignmentErrors",
        "dot3StatsFCSErrors",
        "dot3StatsSingleCollisionFrames",
        "dot3StatsMultipleCollisionFrames",
        "dot3StatsSQETestErrors",
        "dot3StatsDeferredTransmissions",
        "dot3StatsLateCollisions",
        "dot3StatsExcessiveCollisions",
        "dot3StatsInternalMacTransmitErrors",
        "dot3StatsCarrierSenseErrors",
        "dot3StatsFrameTooLongs",
        "dot3StatsInternalMacReceiveErrors",
        "dot3StatsSymbolErrors"
    };
    private static final String[] VLAN_NAMES = {
        "vlanId", "*octets", "ucastPkts", "multicastPkts", "broadcastPkts", "discards"
    };
    private static final String[] PROCESSOR_NAMES = {
        "cpu5s", "cpu1m", "cpu5m", "*totalMemory", "*freeMemory"
    };

    private SflowRecords() {}

    // ---- of a packet

    static void flow(long format, Bytes in, FlowRecord record) {
        if (format != (int) format) {
            return;
        }
        switch ((int) format) {
            case RAW_HEADER -> header(in, record);
            case ETHERNET_FRAME -> {
                record.add(Iana.OCTET_DELTA, in.u32());
                mac("sourceMacAddress", in, record);
                mac("destinationMacAddress", in, record);
                record.add(FlowElement.of("ethernetType", in.u32()));
            }
            case IPV4 -> ip(in, record, false);
            case IPV6 -> ip(in, record, true);
            case SWITCH -> {
                record.add(Iana.VLAN, in.u32());
                record.add(FlowElement.of("dot1qPriority", in.u32()));
                record.add(Iana.POST_VLAN, in.u32());
                record.add(FlowElement.of("postDot1qPriority", in.u32()));
            }
            case ROUTER -> {
                Addr hop = SflowSession.address(in);
                record.add(hop.isV4() ? Iana.NEXT_HOP_V4 : Iana.NEXT_HOP_V6, hop);
                record.add(Iana.SOURCE_V4_PREFIX, in.u32());
                record.add(Iana.DESTINATION_V4_PREFIX, in.u32());
            }
            case GATEWAY -> {
                Addr hop = SflowSession.address(in);
                record.add(FlowElement.of("bgpNextHopAddress", hop.toString()));
                record.add(FlowElement.of("bgpRouterAsNumber", in.u32()));
                record.add(Iana.SOURCE_AS, in.u32());
            }
            case USER -> {
                in.skip(4); // character set
                text("sourceUser", in, record);
                in.skip(4);
                text("destinationUser", in, record);
            }
            case URL -> {
                in.skip(4); // whose server it is
                text("httpRequestTarget", in, record);
                text("httpRequestHost", in, record);
            }
            default -> {}
        }
    }

    /// The first octets of the packet, and how long it was.
    private static void header(Bytes in, FlowRecord record) {
        long protocol = in.u32();
        record.add(Iana.OCTET_DELTA, in.u32()).add(Iana.PACKET_DELTA, 1);
        in.skip(4); // octets taken off the end
        long length = in.u32();
        int outer = in.limit(length);
        if (in.ok()) {
            SampledPacket.read(protocol, in, record);
        }
        in.unlimit(outer);
    }

    private static void ip(Bytes in, FlowRecord record, boolean isV6) {
        record.add(Iana.OCTET_DELTA, in.u32()).add(Iana.PACKET_DELTA, 1);
        record.add(Iana.PROTOCOL, in.u32());
        if (isV6) {
            record.add(Iana.SOURCE_V6, new Addr(in.u64(), in.u64()));
            record.add(Iana.DESTINATION_V6, new Addr(in.u64(), in.u64()));
        } else {
            record.add(Iana.SOURCE_V4, Addr.v4((int) in.u32()));
            record.add(Iana.DESTINATION_V4, Addr.v4((int) in.u32()));
        }
        record.add(Iana.SOURCE_PORT, in.u32());
        record.add(Iana.DESTINATION_PORT, in.u32());
        record.add(Iana.TCP_FLAGS, in.u32());
        record.add(Iana.CLASS_OF_SERVICE, in.u32());
    }

    private static void mac(String name, Bytes in, FlowRecord record) {
        record.add(FlowElement.of(name, HexFormat.ofDelimiter(":").formatHex(in.take(6))));
        in.skip(2); // filled up to a multiple of four
    }

    private static void text(String name, Bytes in, FlowRecord record) {
        long length = in.u32();
        int shown = (int) Math.min(length, MAX_TEXT);
        record.add(FlowElement.of(name, in.utf8(shown)));
        in.skip((length + 3 & ~3L) - shown);
    }

    // ---- counters

    static void counters(long format, Bytes in, FlowRecord record) {
        if (format != (int) format) {
            return;
        }
        switch ((int) format) {
            case INTERFACE_COUNTERS -> numbers(INTERFACE_NAMES, in, record);
            case ETHERNET_COUNTERS -> numbers(ETHERNET_NAMES, in, record);
            case VLAN_COUNTERS -> numbers(VLAN_NAMES, in, record);
            case PROCESSOR -> numbers(PROCESSOR_NAMES, in, record);
            case HOST -> text("hostName", in, record);
            default -> {}
        }
    }

    private static void numbers(String[] names, Bytes in, FlowRecord record) {
        for (String name : names) {
            boolean isLong = name.charAt(0) == '*';
            long value = isLong ? in.u64() : in.u32();
            record.add(FlowElement.of(isLong ? name.substring(1) : name, value));
        }
    }
}
