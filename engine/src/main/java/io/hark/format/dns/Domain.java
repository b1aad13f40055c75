package io.hark.format.dns;

import io.hark.event.Conn;
import java.util.Locale;

/// A name, cut where somebody registered it.
///
/// There is no list of public suffixes here: a suffix of two labels is taken for one where the last
/// has two letters and the one before three at most (`co.uk`, `com.au`), or is `com`, `net`, `org`
/// and the like. Where that is wrong, names of several owners are gathered as one, or those of one
/// by their next label; both only make a finding later.
///
/// @param registered the domain
/// @param below what stands before it, with dots; empty for nothing
public record Domain(String registered, String below) {

    private static final int COUNTRY = 2; // letters of a country's top-level domain
    private static final int SHORT = 3;

    /// The name, cut.
    public static Domain of(String name) {
        int last = name.lastIndexOf('.');
        if (last <= 0) {
            return new Domain(name, "");
        }
        int second = name.lastIndexOf('.', last - 1);
        if (second > 0 && name.length() - last - 1 == COUNTRY && last - second - 1 <= SHORT) {
            second = name.lastIndexOf('.', second - 1);
        }
        return second < 0
                ? new Domain(name, "")
                : new Domain(name.substring(second + 1), name.substring(0, second));
    }

    /// The place outside that a connection went to: the registered part of the name that the server
    /// is known by, or its address where it has none.
    public static String placeOf(Conn conn) {
        String name = conn.resp_name();
        return name == null
                ? conn.id().resp_h().toString()
                : of(name.toLowerCase(Locale.ROOT)).registered;
    }

    /// Letters of the longest label below.
    public int longestLabel() {
        int longest = 0;
        int at = 0;
        while (at <= below.length()) {
            int dot = below.indexOf('.', at);
            int end = dot < 0 ? below.length() : dot;
            longest = Math.max(longest, end - at);
            at = end + 1;
        }
        return longest;
    }

    /// How many bytes of information the part below holds at most: the entropy of its letters times
    /// how many there are.
    public double bytes() {
        int[] counts = new int[128];
        int n = 0;
        for (int i = 0; i < below.length(); i++) {
            char c = below.charAt(i);
            if (c != '.' && c < counts.length) {
                counts[c]++;
                n++;
            }
        }
        double bits = 0;
        for (int count : counts) {
            if (count > 0) {
                bits -= count * Math.log((double) count / n) / Math.log(2);
            }
        }
        return bits / Byte.SIZE;
    }
}
