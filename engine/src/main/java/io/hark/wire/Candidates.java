package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who may read what begins with which octet, worked out for an octet when it first comes.
///
/// *Thread*: one owner, the worker.
final class Candidates {

    private final List<StreamParser> streams;
    private final List<DatagramParser> datagrams;
    private final DatagramParser[] @Nullable [] datagramsByFirstOctet = new DatagramParser[256][];
    private final StreamParser[] @Nullable [] streamsByFirstOctet = new StreamParser[256][];
    private final Bytes head = new Bytes();

    Candidates(List<StreamParser> streams, List<DatagramParser> datagrams) {
        this.streams = streams;
        this.datagrams = datagrams;
    }

    /// The candidates for a stream that begins so: a fresh array.
    StreamParser[] streams(byte[] memory, int at) {
        int octet = memory[at] & 0xff;
        StreamParser[] known = streamsByFirstOctet[octet];
        if (known == null) {
            known =
                    streams.stream()
                            .filter(p -> p.hints().mayBegin(octet))
                            .toArray(StreamParser[]::new);
            streamsByFirstOctet[octet] = known;
        }
        return known.clone();
    }

    private DatagramParser[] datagrams(int octet) {
        DatagramParser[] known = datagramsByFirstOctet[octet];
        if (known == null) {
            known =
                    datagrams.stream()
                            .filter(p -> p.hints().mayBegin(octet))
                            .toArray(DatagramParser[]::new);
            datagramsByFirstOctet[octet] = known;
        }
        return known;
    }

    /// The stream parser of that name, or null where a parser of datagrams has it.
    @Nullable StreamParser stream(String name) {
        for (StreamParser parser : streams) {
            if (parser.name().equals(name)) {
                return parser;
            }
        }
        return null;
    }

    /// The parser of datagrams of that name, or null where one of streams has it.
    @Nullable DatagramParser datagram(String name) {
        for (DatagramParser parser : datagrams) {
            if (parser.name().equals(name)) {
                return parser;
            }
        }
        return null;
    }

    /// The parser that claims the datagram most surely, or null.
    @Nullable DatagramParser datagram(byte[] memory, int at, int length, Side side, int port) {
        DatagramParser best = null;
        int bestVerdict = Verdict.MORE;
        for (DatagramParser parser : datagrams(memory[at] & 0xff)) {
            int verdict = parser.probe(head.wrap(memory, at, length), side, port);
            if (verdict > bestVerdict) {
                best = parser;
                bestVerdict = verdict;
            }
        }
        return best;
    }
}
