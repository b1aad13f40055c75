package io.hark.testkit;

import io.hark.Keyring;
import io.hark.engagement.Networks;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.sensor.Wanted;
import io.hark.wire.Setup;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/// Hark itself as what is tested: `analyze --logs zeek --hash sha256 --store none`.
final class Hark implements Subject {

    @Override
    public void analyze(Path capture, Asked asked, Path out) throws Exception {
        Options options =
                new Options(
                        List.of("zeek"),
                        false,
                        Set.of("sha256"),
                        asked.secrets().isEmpty() ? Keyring.EMPTY : Keyring.load(asked.secrets()),
                        Networks.PRIVATE,
                        asked.workers(),
                        asked.checksums() ? Setup.Checksums.AUTO : Setup.Checksums.IGNORE,
                        true,
                        Wanted.ALL);
        Outcome outcome = new Analysis(options, _ -> {}).run(capture, out);
        if (outcome.status() != Outcome.Status.OK) {
            throw new AssertionError(
                    "the input ended " + outcome.status() + ": " + outcome.trouble());
        }
    }
}
