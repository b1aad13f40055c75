package io.hark.parse.recognise;

import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A table of signs, by the octet that a message begins with.
///
/// *Thread*: immutable, any thread.
final class SignBook {

    private final Sign[][] byFirst = new Sign[256][];

    SignBook(List<Sign> signs) {
        for (int octet = 0; octet < byFirst.length; octet++) {
            int first = octet;
            byFirst[octet] = signs.stream().filter(s -> s.mayBegin(first)).toArray(Sign[]::new);
        }
    }

    /// What messages with a sign may begin with.
    Hints hints() {
        var octets = new StringBuilder();
        for (int octet = 0; octet < byFirst.length; octet++) {
            if (byFirst[octet].length > 0) {
                octets.append((char) octet);
            }
        }
        return Hints.ports(new int[0]).beginning(octets.toString());
    }

    /// The surest that a sign says of a stream's beginning.
    int stream(Bytes head) {
        int best = Verdict.NO;
        for (Sign sign : byFirst[head.peek(0)]) {
            best = Math.max(best, sign.stream(head, StreamParser.MAX_PROBE));
        }
        return best;
    }

    /// The surest that a sign says of a datagram.
    int datagram(Bytes payload, int port) {
        int best = Verdict.NO;
        for (Sign sign : byFirst[payload.peek(0)]) {
            best = Math.max(best, sign.datagram(payload, port));
        }
        return best;
    }

    /// Whose sign the stream begins with, or null.
    @Nullable Sign ofStream(Bytes head) {
        int said = stream(head);
        for (Sign sign : byFirst[head.peek(0)]) {
            if (said > Verdict.MORE && sign.stream(head, StreamParser.MAX_PROBE) == said) {
                return sign;
            }
        }
        return null;
    }

    /// Whose sign the datagram has, or null.
    @Nullable Sign ofDatagram(Bytes payload, int port) {
        int said = datagram(payload, port);
        for (Sign sign : byFirst[payload.peek(0)]) {
            if (said > Verdict.MORE && sign.datagram(payload, port) == said) {
                return sign;
            }
        }
        return null;
    }
}
