package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Inspector;
import io.hark.StreamParser;
import io.hark.engagement.Networks;
import java.util.List;
import java.util.Set;

/// What one worker's engine is made of; parsers and inspectors are its own.
///
/// @param streamParsers parsers of ordered streams
/// @param datagramParsers parsers of datagrams
/// @param inspectors who looks at bodies
/// @param decoders who tastes
/// @param local which networks are ours
/// @param checksums what to do with packets whose transport checksum is bad
/// @param midstream whether connections whose beginning was not seen are read
/// @param targets whose bytes count where segments overlap and differ
/// @param maxConnections the most that are kept at once; beyond it quiet ones are given up
/// @param details kinds of events that are made only if somebody takes them, of which somebody does
/// @param secret for the hash of the connection table
public record Setup(
        List<StreamParser> streamParsers,
        List<DatagramParser> datagramParsers,
        List<Inspector> inspectors,
        List<Decoder<?>> decoders,
        Networks local,
        Checksums checksums,
        boolean midstream,
        Targets targets,
        int maxConnections,
        Set<Class<?>> details,
        long secret) {

    /// What to do with a packet whose TCP, UDP or ICMP checksum is bad.
    public enum Checksums {
        /// Drop it, unless as many of its side were bad as good before: then the sender's card
        /// writes them.
        AUTO,
        /// Drop it, as Zeek does.
        VERIFY,
        /// Do not look.
        IGNORE
    }
}
