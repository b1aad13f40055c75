package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Inspector;
import io.hark.Keyring;
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
/// @param keyring what parsers may open protected sessions with
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
        long secret,
        Keyring keyring) {

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

    /// A builder of a setup that reads nothing, tastes nothing and inspects nothing.
    public static Builder builder() {
        return new Builder();
    }

    /// A setup as it is being put together.
    ///
    /// *Thread*: one owner.
    public static final class Builder {
        private List<StreamParser> streamParsers = List.of();
        private List<DatagramParser> datagramParsers = List.of();
        private List<Inspector> inspectors = List.of();
        private List<Decoder<?>> decoders = List.of();
        private Networks local = Networks.PRIVATE;
        private Checksums checksums = Checksums.AUTO;
        private boolean midstream = true;
        private Targets targets = Targets.DEFAULT;
        private int maxConnections = 1_000_000;
        private Set<Class<?>> details = Set.of();
        private long secret = 1;
        private Keyring keyring = Keyring.EMPTY;

        private Builder() {}

        /// Parsers of ordered streams.
        public Builder streamParsers(List<StreamParser> parsers) {
            streamParsers = parsers;
            return this;
        }

        /// Parsers of datagrams.
        public Builder datagramParsers(List<DatagramParser> parsers) {
            datagramParsers = parsers;
            return this;
        }

        /// Who looks at bodies.
        public Builder inspectors(List<Inspector> those) {
            inspectors = those;
            return this;
        }

        /// Who tastes.
        public Builder decoders(List<Decoder<?>> those) {
            decoders = those;
            return this;
        }

        /// Which networks are ours.
        public Builder local(Networks networks) {
            local = networks;
            return this;
        }

        /// What to do with packets whose transport checksum is bad.
        public Builder checksums(Checksums policy) {
            checksums = policy;
            return this;
        }

        /// Whether connections whose beginning was not seen are read.
        public Builder midstream(boolean yes) {
            midstream = yes;
            return this;
        }

        /// Whose bytes count where segments overlap and differ.
        public Builder targets(Targets policies) {
            targets = policies;
            return this;
        }

        /// The most connections that are kept at once.
        public Builder maxConnections(int most) {
            maxConnections = most;
            return this;
        }

        /// Details that somebody takes.
        public Builder details(Set<Class<?>> kinds) {
            details = kinds;
            return this;
        }

        /// For the hash of the connection table.
        public Builder secret(long random) {
            secret = random;
            return this;
        }

        /// What parsers may open protected sessions with.
        public Builder keyring(Keyring secrets) {
            keyring = secrets;
            return this;
        }

        /// The setup.
        public Setup build() {
            return new Setup(
                    streamParsers,
                    datagramParsers,
                    inspectors,
                    decoders,
                    local,
                    checksums,
                    midstream,
                    targets,
                    maxConnections,
                    details,
                    secret,
                    keyring);
        }
    }
}
