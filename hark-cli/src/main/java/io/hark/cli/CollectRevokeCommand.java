package io.hark.cli;

import io.hark.UserError;
import io.hark.collect.Enrolment;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `hark collect revoke`: a sensor that is not heard any more.
@Command(
        name = "revoke",
        header = "Hears a sensor no more, from its next shipment on.",
        footerHeading = "%nExamples:%n",
        footer = {"  hark collect revoke tap1 --out lake"})
final class CollectRevokeCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(paramLabel = "NAME", description = "The sensor.")
    private String name = "";

    @Mixin private LakePlace place = new LakePlace();

    CollectRevokeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (!Enrolment.of(place.lake(), InstantSource.system()).revoke(name)) {
            throw new UserError("no sensor is enrolled by the name " + name);
        }
        terminal.complain(name + " is not heard any more");
        return Main.DONE;
    }
}
