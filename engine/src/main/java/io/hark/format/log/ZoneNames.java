package io.hark.format.log;

import java.util.Map;

/// Abbreviations of time zones that devices write; of those with several meanings the usual one.
///
/// *Source*: RFC 5322 §4.3 and the IANA time zone database.
final class ZoneNames {

    /// Quarters of an hour east of Greenwich, by abbreviation.
    static final Map<String, Integer> QUARTERS =
            Map.ofEntries(
                    Map.entry("Z", 0),
                    Map.entry("UTC", 0),
                    Map.entry("GMT", 0),
                    Map.entry("WET", 0),
                    Map.entry("BST", 4),
                    Map.entry("WEST", 4),
                    Map.entry("CET", 4),
                    Map.entry("CEST", 8),
                    Map.entry("EET", 8),
                    Map.entry("EEST", 12),
                    Map.entry("MSK", 12),
                    Map.entry("IST", 22),
                    Map.entry("SGT", 32),
                    Map.entry("HKT", 32),
                    Map.entry("JST", 36),
                    Map.entry("AEST", 40),
                    Map.entry("AEDT", 44),
                    Map.entry("BRT", -12),
                    Map.entry("EST", -20),
                    Map.entry("EDT", -16),
                    Map.entry("CST", -24),
                    Map.entry("CDT", -20),
                    Map.entry("MST", -28),
                    Map.entry("MDT", -24),
                    Map.entry("PST", -32),
                    Map.entry("PDT", -28));

    private ZoneNames() {}
}
