package io.hark.sensor;

import io.hark.Keyring;
import io.hark.engagement.Engagement;
import io.hark.engagement.Networks;
import io.hark.engagement.Suppressions;
import io.hark.event.Finding;
import io.hark.intel.Intel;
import io.hark.lines.LogZones;
import io.hark.wire.Setup;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// How `hark analyze` was asked to go about it; `case.json` repeats it.
///
/// @param logs dialects to write under `logs/`
/// @param store whether events are stored as Parquet
/// @param hashes digests of files: `md5`, `sha1`, `sha256`; none for none
/// @param files whether files that went by are kept in the case
/// @param packets how frames are kept in the case, null for not
/// @param keyring what decoders may try
/// @param engagement the declared environment; which networks are ours stands in it
/// @param intel what others know to be bad
/// @param suppressions findings that nobody wants to be told of
/// @param workers threads that analyse
/// @param checksums what to do with bad ones
/// @param midstream whether connections whose beginning was not seen are read
/// @param wanted which kinds of events
/// @param outside decoders that are not of this build
/// @param logZones where the clocks stand of logs whose times have no zone
/// @param told is told of each finding when it is made or revised, on the merge's thread: it must
///   not keep it waiting
public record Options(
        List<String> logs,
        boolean store,
        Set<String> hashes,
        boolean files,
        @Nullable PacketKeeping packets,
        Keyring keyring,
        Engagement engagement,
        Intel intel,
        Suppressions suppressions,
        int workers,
        Setup.Checksums checksums,
        boolean midstream,
        Wanted wanted,
        OutsideDecoders outside,
        LogZones logZones,
        Consumer<Finding> told) {

    /// How frames are kept.
    ///
    /// @param isPacked whether with zstd
    /// @param room the most octets they take; the oldest go first
    public record PacketKeeping(boolean isPacked, long room) {}

    /// Keeps its own copies.
    public Options {
        logs = List.copyOf(logs);
        hashes = Set.copyOf(hashes);
        if (workers < 1) {
            throw new IllegalArgumentException("at least one worker");
        }
    }

    /// Which networks are ours.
    public Networks local() {
        return engagement.local();
    }

    /// A builder of options that are as the command has them when nothing is asked for, but that
    /// nothing is stored and one thread analyses.
    public static Builder builder() {
        return new Builder();
    }

    /// Options as they are being put together.
    ///
    /// *Thread*: one owner.
    public static final class Builder {
        private List<String> logs = List.of();
        private boolean store;
        private Set<String> hashes = Set.of("sha256");
        private boolean files;
        private @Nullable PacketKeeping packets;
        private Keyring keyring = Keyring.EMPTY;
        private Engagement engagement = Engagement.NONE;
        private Intel intel = Intel.NONE;
        private Suppressions suppressions = Suppressions.NONE;
        private int workers = 1;
        private Setup.Checksums checksums = Setup.Checksums.AUTO;
        private boolean midstream = true;
        private Wanted wanted = Wanted.ALL;
        private OutsideDecoders outside = OutsideDecoders.NONE;
        private LogZones logZones = LogZones.UTC;
        private Consumer<Finding> told = _ -> {};

        private Builder() {}

        /// Dialects to write under `logs/`.
        public Builder logs(List<String> dialects) {
            logs = dialects;
            return this;
        }

        /// Whether events are stored as Parquet.
        public Builder store(boolean yes) {
            store = yes;
            return this;
        }

        /// Digests of files; none for none.
        public Builder hashes(Set<String> digests) {
            hashes = digests;
            return this;
        }

        /// Whether files that went by are kept in the case.
        public Builder files(boolean yes) {
            files = yes;
            return this;
        }

        /// How frames are kept in the case, null for not.
        public Builder packets(@Nullable PacketKeeping how) {
            packets = how;
            return this;
        }

        /// What decoders may try.
        public Builder keyring(Keyring secrets) {
            keyring = secrets;
            return this;
        }

        /// Which networks are ours.
        public Builder local(Networks networks) {
            engagement = engagement.local(networks);
            return this;
        }

        /// The declared environment.
        public Builder engagement(Engagement declared) {
            engagement = declared;
            return this;
        }

        /// What others know to be bad.
        public Builder intel(Intel lists) {
            intel = lists;
            return this;
        }

        /// Findings that nobody wants to be told of.
        public Builder suppressions(Suppressions known) {
            suppressions = known;
            return this;
        }

        /// Threads that analyse.
        public Builder workers(int threads) {
            workers = threads;
            return this;
        }

        /// What to do with bad checksums.
        public Builder checksums(Setup.Checksums policy) {
            checksums = policy;
            return this;
        }

        /// Whether connections whose beginning was not seen are read.
        public Builder midstream(boolean yes) {
            midstream = yes;
            return this;
        }

        /// Which kinds of events.
        public Builder wanted(Wanted kinds) {
            wanted = kinds;
            return this;
        }

        /// Decoders that are not of this build.
        public Builder outside(OutsideDecoders decoders) {
            outside = decoders;
            return this;
        }

        /// Where the clocks stand of logs whose times have no zone.
        public Builder logZones(LogZones zones) {
            logZones = zones;
            return this;
        }

        /// Who is told of findings as they are made.
        public Builder told(Consumer<Finding> who) {
            told = who;
            return this;
        }

        /// The options.
        public Options build() {
            return new Options(
                    logs,
                    store,
                    hashes,
                    files,
                    packets,
                    keyring,
                    engagement,
                    intel,
                    suppressions,
                    workers,
                    checksums,
                    midstream,
                    wanted,
                    outside,
                    logZones,
                    told);
        }
    }
}
