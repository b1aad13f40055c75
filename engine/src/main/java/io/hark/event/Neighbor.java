package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// What one host said of addresses on its link to or about another within a minute, by ARP or by
/// IPv6 neighbour discovery: who claims which hardware address, and whether anybody had asked.
///
/// A host that looks for a neighbour has one row, that neighbour's answer another one.
///
/// *Source*: RFC 826, 5227, 4861.
@Named(
        value = "neighbor",
        about =
                "ARP and IPv6 neighbour discovery of a pair of hosts, by the minute: who claims which hardware address",
        sight = Sight.SEGMENT)
public record Neighbor(
        @About(value = "time of the first packet", unit = Unit.TIME) long ts,
        @About(value = "when the minute was over", unit = Unit.TIME, log = false) long seen,
        @About("arp or nd") String proto,
        @About("who speaks; 0.0.0.0 or :: while it has no address") Addr orig_h,
        @About("whom it looks for, or tells; itself where it tells everybody") Addr resp_h,
        @About(value = "hardware address that the speaker claims for itself", unit = Unit.MAC)
                @Nullable Long orig_l2_addr,
        @About(value = "another one that it claimed in the same minute, the last", unit = Unit.MAC)
                @Nullable Long other_l2_addr,
        @About("VLAN id, the outer one of two") @Nullable Integer vlan,
        @About(value = "first to last packet", unit = Unit.DURATION) long duration,
        @About(value = "questions for the address of resp_h", unit = Unit.PACKETS) long requests,
        @About(value = "answers to resp_h with the address of orig_h", unit = Unit.PACKETS)
                long replies,
        @About(
                        value =
                                "of the answers, those that nobody had asked for within 10 s before",
                        unit = Unit.PACKETS)
                long unasked,
        @About(value = "what it told everybody of itself, unasked", unit = Unit.PACKETS)
                long announcements,
        @About(
                        value = "questions of who has no address yet: is this one free?",
                        unit = Unit.PACKETS)
                long probes,
        @About(value = "router advertisements", unit = Unit.PACKETS) long router_ads,
        @About(
                        value = "packets that claim another hardware address than they came from",
                        unit = Unit.PACKETS)
                long mismatched)
        implements Event {}
