package io.hark.format.log;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Names of IP protocols, which devices write as a number or a word.
///
/// *Source*: the IANA registry of protocol numbers.
public final class Transports {

    private static final Map<String, String> NAMES =
            Map.ofEntries(
                    Map.entry("0", "hopopt"),
                    Map.entry("1", "icmp"),
                    Map.entry("2", "igmp"),
                    Map.entry("4", "ipv4"),
                    Map.entry("6", "tcp"),
                    Map.entry("17", "udp"),
                    Map.entry("33", "dccp"),
                    Map.entry("41", "ipv6"),
                    Map.entry("46", "rsvp"),
                    Map.entry("47", "gre"),
                    Map.entry("50", "esp"),
                    Map.entry("51", "ah"),
                    Map.entry("58", "ipv6-icmp"),
                    Map.entry("88", "eigrp"),
                    Map.entry("89", "ospf"),
                    Map.entry("103", "pim"),
                    Map.entry("112", "vrrp"),
                    Map.entry("115", "l2tp"),
                    Map.entry("132", "sctp"),
                    Map.entry("136", "udplite"));

    private Transports() {}

    /// The name of what is a number or a name already, in lower case; a number without one stays.
    public static String name(@Nullable String told) {
        String text = told == null ? "" : told.strip();
        String name = NAMES.get(text);
        return name == null ? text.toLowerCase(Locale.ROOT) : name;
    }
}
