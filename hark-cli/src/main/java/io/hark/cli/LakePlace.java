package io.hark.cli;

import io.hark.UserError;
import io.hark.config.HarkConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Which collector's lake is meant, in the options of commands beside it.
final class LakePlace {

    @Option(names = "--out", paramLabel = "DIR", description = "The collector's lake.")
    private @Nullable Path out;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "The collector's hark.yaml, which names the lake.")
    private @Nullable Path config;

    /// The lake.
    ///
    /// @throws UserError if neither option names one
    Path lake() {
        Path lake = out == null && config != null ? HarkConfig.read(config).collect().out() : out;
        if (lake == null) {
            throw new UserError("which collector? name its lake with --out, or its --config");
        }
        return lake;
    }
}
