package io.hark.parse.netflow;

import io.hark.bytes.Bytes;
import io.hark.event.FlowElement;
import io.hark.schema.Addr;
import java.util.HexFormat;

/// Reads who talks to whom in the first octets of a sampled packet. Which often are cut: what is
/// not there is left out and is no fault.
///
/// *Source*: sflow.org, *sFlow Version 5* §5 (`header_protocol`), IEEE 802.3, 802.1Q, RFC 791, RFC
/// 8200, RFC 9293, RFC 768.
final class SampledPacket {

    private static final int ETHERNET = 1;
    private static final int PLAIN_IPV4 = 11;
    private static final int PLAIN_IPV6 = 12;
    private static final int TYPE_IPV4 = 0x0800;
    private static final int TYPE_IPV6 = 0x86dd;
    private static final int MAX_TAGS = 4; // VLAN tags one behind the other
    private static final int MAX_EXTENSIONS = 8; // headers of IPv6 before the transport
    private static final int V4_HEADER = 20;
    private static final int V6_HEADER = 40;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int SCTP = 132;
    private static final int ICMP = 1;
    private static final int ICMP6 = 58;

    private SampledPacket() {}

    /// Reads what lies under the cursor, to its limit.
    static void read(long protocol, Bytes in, FlowRecord record) {
        if (protocol == ETHERNET) {
            ethernet(in, record);
        } else if (protocol == PLAIN_IPV4) {
            ip4(in, record);
        } else if (protocol == PLAIN_IPV6) {
            ip6(in, record);
        }
    }

    private static void ethernet(Bytes in, FlowRecord record) {
        if (in.remaining() < 14) {
            return;
        }
        String to = HexFormat.ofDelimiter(":").formatHex(in.take(6));
        String from = HexFormat.ofDelimiter(":").formatHex(in.take(6));
        record.add(FlowElement.of("sourceMacAddress", from));
        record.add(FlowElement.of("destinationMacAddress", to));
        int type = in.u16();
        for (int tags = 0; isTag(type) && tags < MAX_TAGS && in.remaining() >= 4; tags++) {
            int tag = in.u16() & 0xfff;
            if (tags == 0) {
                record.add(Iana.DOT1Q_VLAN, tag);
            }
            type = in.u16();
        }
        record.add(FlowElement.of("ethernetType", type));
        if (type == TYPE_IPV4) {
            ip4(in, record);
        } else if (type == TYPE_IPV6) {
            ip6(in, record);
        }
    }

    private static boolean isTag(int type) {
        return type == 0x8100 || type == 0x88a8;
    }

    private static void ip4(Bytes in, FlowRecord record) {
        if (in.remaining() < V4_HEADER) {
            return;
        }
        int header = (in.u8() & 0xf) * 4;
        record.add(Iana.CLASS_OF_SERVICE, in.u8());
        in.skip(4);
        boolean isFirst = (in.u16() & 0x1fff) == 0; // of a fragmented packet
        in.skip(1);
        int protocol = in.u8();
        in.skip(2);
        record.add(Iana.PROTOCOL, protocol);
        record.add(Iana.SOURCE_V4, Addr.v4((int) in.u32()));
        record.add(Iana.DESTINATION_V4, Addr.v4((int) in.u32()));
        int options = header - V4_HEADER;
        if (isFirst && options >= 0 && options <= in.remaining()) {
            in.skip(options);
            transport(protocol, in, record);
        }
    }

    private static void ip6(Bytes in, FlowRecord record) {
        if (in.remaining() < V6_HEADER) {
            return;
        }
        record.add(Iana.CLASS_OF_SERVICE, in.u32() >>> 20 & 0xff);
        in.skip(2);
        int next = in.u8();
        in.skip(1);
        Addr from = new Addr(in.u64(), in.u64());
        Addr to = new Addr(in.u64(), in.u64());
        for (int i = 0; i < MAX_EXTENSIONS && isExtension(next) && in.remaining() >= 8; i++) {
            next = in.u8();
            int length = in.u8() * 8 + 6;
            in.skip(Math.min(length, in.remaining()));
        }
        record.add(Iana.PROTOCOL, next);
        record.add(Iana.SOURCE_V6, from);
        record.add(Iana.DESTINATION_V6, to);
        transport(next, in, record);
    }

    private static boolean isExtension(int next) {
        return next == 0 || next == 43 || next == 60; // hop by hop, routing, destination
    }

    private static void transport(int protocol, Bytes in, FlowRecord record) {
        if ((protocol == ICMP || protocol == ICMP6) && in.remaining() >= 2) {
            boolean isV4 = protocol == ICMP;
            record.add(isV4 ? Iana.ICMP_TYPE_V4 : Iana.ICMP_TYPE_V6, in.u8());
            record.add(isV4 ? Iana.ICMP_CODE_V4 : Iana.ICMP_CODE_V6, in.u8());
        } else if ((protocol == TCP || protocol == UDP || protocol == SCTP)
                && in.remaining() >= 4) {
            record.add(Iana.SOURCE_PORT, in.u16());
            record.add(Iana.DESTINATION_PORT, in.u16());
            if (protocol == TCP && in.remaining() >= 10) {
                in.skip(9);
                record.add(Iana.TCP_FLAGS, in.u8());
            }
        }
    }
}
