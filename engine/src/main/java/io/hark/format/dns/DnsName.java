package io.hark.format.dns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A domain name with its labels as they were on the wire, whatever octets they hold.
///
/// Two names are equal if they differ only in the case of ASCII letters (RFC 4343).
///
/// *Source*: RFC 1035 §3.1.
public final class DnsName {

    /// The most octets of a name, lengths and the closing zero included (RFC 1035 §2.3.4).
    public static final int MAX_OCTETS = 255;

    /// The most octets of a label.
    public static final int MAX_LABEL = 63;

    /// The root, a name without labels.
    public static final DnsName ROOT = new DnsName(new byte[] {0});

    private final byte[] wire;

    /// A name from its labels, each behind its length, with the closing zero.
    DnsName(byte[] wire) {
        this.wire = wire;
    }

    /// The name that stands uncompressed in `octets` at `from`; what is cut off ends the name.
    ///
    /// For example, over `03 77 77 77 00` from 0 it is `www`.
    public static DnsName at(byte[] octets, int from) {
        int to = Math.min(end(octets, from), from + MAX_OCTETS);
        if (to <= from || to - from == 1) {
            return ROOT;
        }
        return new DnsName(Arrays.copyOfRange(octets, from, to));
    }

    /// The place behind the name that stands uncompressed in `octets` at `from`.
    public static int end(byte[] octets, int from) {
        int place = from;
        while (place < octets.length && octets[place] != 0) {
            place += 1 + (octets[place] & 0xff);
        }
        return Math.min(place + 1, octets.length);
    }

    /// The labels in order, without the root; copies.
    public List<byte[]> labels() {
        List<byte[]> labels = new ArrayList<>();
        for (int at = 0; at < wire.length && wire[at] != 0; at += 1 + (wire[at] & 0xff)) {
            int to = Math.min(wire.length, at + 1 + (wire[at] & 0xff));
            labels.add(Arrays.copyOfRange(wire, at + 1, to));
        }
        return labels;
    }

    /// Whether it has no labels.
    public boolean isRoot() {
        return wire.length <= 1;
    }

    /// How many octets it has uncompressed, lengths and the closing zero included.
    public int length() {
        return wire.length;
    }

    /// A copy of its octets, uncompressed, lengths and the closing zero included.
    public byte[] octets() {
        return wire.clone();
    }

    /// The name as logs show it: ASCII letters in lower case, labels joined by dots, no dot at the
    /// end; the root is empty. Octets that are not UTF-8 are written `\xhh`.
    ///
    /// A dot inside a label cannot be told from one between two: who must know reads [#labels].
    public String text() {
        return text(true);
    }

    /// The name as [#text] has it, but in the letters that it was written in.
    public String asWritten() {
        return text(false);
    }

    private String text(boolean lower) {
        int n = wire.length - 2;
        if (n <= 0) {
            return "";
        }
        byte[] shown = new byte[n];
        boolean ascii = true;
        int dot = wire[0] & 0xff; // where the next length stands, counted without the first
        for (int i = 0; i < n; i++) {
            byte octet = wire[i + 1];
            if (i == dot) {
                dot += 1 + (octet & 0xff);
                octet = '.';
            } else if (lower && octet >= 'A' && octet <= 'Z') {
                octet += 'a' - 'A';
            }
            ascii &= octet >= 0;
            shown[i] = octet;
        }
        return ascii ? DnsText.latin(shown) : DnsText.shown(shown, 0, n);
    }

    /// Copies its octets into `into` at `place`; answers the place behind them.
    int copyTo(byte[] into, int place) {
        System.arraycopy(wire, 0, into, place, wire.length);
        return place + wire.length;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof DnsName name) || name.wire.length != wire.length) {
            return false;
        }
        for (int i = 0; i < wire.length; i++) {
            if (lower(wire[i]) != lower(name.wire[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        int hash = 0;
        for (byte octet : wire) {
            hash = 31 * hash + lower(octet);
        }
        return hash;
    }

    @Override
    public String toString() {
        return isRoot() ? "." : text();
    }

    private static int lower(byte octet) {
        return octet >= 'A' && octet <= 'Z' ? octet + ('a' - 'A') : octet;
    }
}
