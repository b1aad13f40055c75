package io.hark.sensor;

import io.hark.Keyring;
import io.hark.engagement.Networks;
import io.hark.wire.Setup;
import java.util.List;
import java.util.Set;

/// How `hark analyze` was asked to go about it; `case.json` repeats it.
///
/// @param logs dialects to write under `logs/`
/// @param store whether events are stored as Parquet
/// @param hashes digests of files: `md5`, `sha1`, `sha256`; none for none
/// @param keyring what decoders may try
/// @param local which networks are ours
/// @param workers threads that analyse
/// @param checksums what to do with bad ones
/// @param midstream whether connections whose beginning was not seen are read
/// @param wanted which kinds of events
public record Options(
        List<String> logs,
        boolean store,
        Set<String> hashes,
        Keyring keyring,
        Networks local,
        int workers,
        Setup.Checksums checksums,
        boolean midstream,
        Wanted wanted) {

    /// Keeps its own copies.
    public Options {
        logs = List.copyOf(logs);
        hashes = Set.copyOf(hashes);
        if (workers < 1) {
            throw new IllegalArgumentException("at least one worker");
        }
    }
}
