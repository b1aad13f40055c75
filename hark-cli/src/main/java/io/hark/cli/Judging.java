package io.hark.cli;

import io.hark.engagement.Engagement;
import io.hark.engagement.EngagementFile;
import io.hark.engagement.Networks;
import io.hark.engagement.Suppressions;
import io.hark.intel.IntelFile;
import io.hark.sensor.Options;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// What findings are judged by, in the options of all commands that make some.
final class Judging {

    @Option(
            names = "--local",
            split = ",",
            paramLabel = "CIDR",
            description =
                    "Networks that are ours. Default: those of --engagement, else the private ranges.")
    private List<String> local = List.of();

    @Option(
            names = "--engagement",
            paramLabel = "FILE",
            description =
                    "The declared environment: zones, assets, decoys, what is allowed (docs/reference/engagement.md).")
    private @Nullable Path engagement;

    @Option(
            names = "--intel",
            paramLabel = "FILE",
            description =
                    "Indicators to look for: comma-separated values, a Zeek intel file, or a STIX 2.1 bundle (docs/how-to/intel.md).")
    private List<Path> intel = List.of();

    @Option(
            names = "--suppressions",
            paramLabel = "FILE",
            description =
                    "Findings that nobody wants to be told of again: they stay in the case, marked (docs/how-to/suppress.md).")
    private @Nullable Path suppressions;

    /// Gives options what was named.
    ///
    /// @throws UserError if a file cannot be read
    Options.Builder given(Options.Builder to) {
        Engagement declared =
                engagement == null ? Engagement.NONE : EngagementFile.read(engagement);
        return to.engagement(local.isEmpty() ? declared : declared.local(Networks.of(local)))
                .intel(IntelFile.read(intel))
                .suppressions(
                        suppressions == null ? Suppressions.NONE : Suppressions.read(suppressions));
    }
}
