package io.hark;

import java.util.Arrays;

/// What narrows the candidates before any probe runs.
///
/// @param ports ports of the responder where the protocol usually lives; a hint, never a reason by
///   itself
/// @param firstOctets 256 bits: which first octets its messages may begin with
public record Hints(int[] ports, long[] firstOctets) {

    /// Any first octet.
    public static Hints ports(int... ports) {
        return new Hints(ports, new long[] {-1, -1, -1, -1});
    }

    /// No stream at all: the parser is only ever named by an expectation.
    public static final Hints NEVER = new Hints(new int[0], new long[4]);

    /// The same ports, only messages that begin with one of the characters of `octets` (Latin-1).
    public Hints beginning(String octets) {
        long[] bits = new long[4];
        octets.chars().forEach(octet -> bits[octet >>> 6] |= 1L << octet);
        return new Hints(ports, bits);
    }

    /// The same ports, only messages that begin with a printable ASCII character or a blank.
    public Hints text() {
        long blanks = 1L << '\t' | 1L << '\r' | 1L << '\n';
        return new Hints(ports, new long[] {-1L << ' ' | blanks, -1L >>> 1, 0, 0});
    }

    /// Whether a message may begin with `octet`.
    public boolean mayBegin(int octet) {
        return (firstOctets[octet >>> 6] >>> octet & 1) != 0;
    }

    /// Whether `port` is one of the usual ones.
    public boolean usual(int port) {
        return Arrays.stream(ports).anyMatch(p -> p == port);
    }
}
