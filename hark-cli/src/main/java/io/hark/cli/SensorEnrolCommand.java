package io.hark.cli;

import io.hark.UserError;
import io.hark.collect.Identity;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `hark sensor enrol`: a token becomes a certificate.
@Command(
        name = "enrol",
        aliases = "enroll",
        header = "Enrols this sensor at a collector, by a token that is used up by that.",
        description = {
            "'hark collect enrol NAME' at the collector shows the token. The key is made here and stays here; the token says"
                    + " which collector it is, so that no other can pass for it. Enrol as the user that the sensor will"
                    + " run as."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark sensor enrol --to https://collector:8444 --spool /var/lib/hark/spool --token …",
            "  sudo hark sensor -i eth0 --to https://collector:8444 --spool /var/lib/hark/spool --user hark"
        })
final class SensorEnrolCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private ShippingPlace place = new ShippingPlace();

    @Option(
            names = "--token",
            required = true,
            paramLabel = "TOKEN",
            description = "What 'hark collect enrol' showed; @FILE reads it from a file.")
    private String token = "";

    SensorEnrolCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        Path spool = place.spool();
        try {
            String name = Identity.enrol(place.collector(), token, spool);
            terminal.complain("enrolled as " + name + "; its identity is in " + spool);
            return Main.DONE;
        } catch (ConnectException e) {
            throw new UserError("no collector answers at " + place.collector(), e);
        }
    }
}
