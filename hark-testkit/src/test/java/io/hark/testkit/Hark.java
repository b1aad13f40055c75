package io.hark.testkit;

import io.hark.Keyring;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.wire.Setup;
import java.nio.file.Path;
import java.util.List;

/// Hark itself as what is tested: `analyze --logs zeek --hash sha256 --store none`.
final class Hark implements Subject {

    @Override
    public void analyze(Path capture, Asked asked, Path out) throws Exception {
        Options options =
                Options.builder()
                        .logs(List.of("zeek"))
                        .keyring(
                                asked.secrets().isEmpty()
                                        ? Keyring.EMPTY
                                        : Keyring.load(asked.secrets()))
                        .workers(asked.workers())
                        .checksums(
                                asked.checksums() ? Setup.Checksums.AUTO : Setup.Checksums.IGNORE)
                        .build();
        Outcome outcome = new Analysis(options, _ -> {}).run(capture, out);
        if (outcome.status() != Outcome.Status.OK) {
            throw new AssertionError(
                    "the input ended " + outcome.status() + ": " + outcome.trouble());
        }
    }
}
