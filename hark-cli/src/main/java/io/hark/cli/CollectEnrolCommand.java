package io.hark.cli;

import io.hark.collect.Enrolment;
import io.hark.config.Amounts;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark collect enrol`: a token for one sensor.
@Command(
        name = "enrol",
        aliases = "enroll",
        header = "Shows a token by which one sensor is enrolled, once.",
        description = {
            "The token is on the standard output, and nowhere else: the collector keeps its digest. 'hark sensor enrol' shows"
                    + " it to the collector, which vouches for the sensor's key from then on. A name that is enrolled"
                    + " again replaces the one before."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  hark collect enrol tap1 --out lake", "  hark collect enrol tap2 --valid 10m"})
final class CollectEnrolCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "What the sensor will be called.")
    private String name = "";

    @Mixin private LakePlace place = new LakePlace();

    @Option(
            names = "--valid",
            paramLabel = "DURATION",
            defaultValue = "1h",
            description = "How long the token can be used. Default: ${DEFAULT-VALUE}.")
    private String valid = "1h";

    CollectEnrolCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Duration length = Amounts.duration("--valid", valid);
        Enrolment enrolment = Enrolment.of(place.lake(), InstantSource.system());
        terminal.out().println(enrolment.invite(name, length));
        terminal.complain(
                "good for one use within "
                        + valid
                        + ", on the sensor: hark sensor enrol --to https://THIS-HOST:8444 --spool DIR --token TOKEN");
        return Main.DONE;
    }
}
