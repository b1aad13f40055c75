package io.hark.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hark sensor`: capture and parse here, keep it in a folder or ship it to a collector.
@Command(
        name = "sensor",
        header = "Listens to interfaces and leaves a case, or ships to a collector.",
        description = {
            "Captures, parses, detects and decodes as 'hark analyze' does, while the traffic passes. Rows of logs,"
                    + " conversations and findings are in DIR within a second or two, files of events as often as --roll"
                    + " says. It ends on Ctrl-C, SIGTERM or after --for: what was captured by then is analysed and"
                    + " written, and the case is sealed.",
            "With --to it captures and parses here, and ships what it sees to a collector, where detectors and decoders are."
                    + " What the collector has not acknowledged waits in --spool, also over a restart of either.",
            "Capturing needs root, or the right CAP_NET_RAW. Root's rights are given up once the interfaces are open."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo hark sensor -i eth0 --out case            until Ctrl-C",
            "  sudo hark sensor -i eth0 -i eth1 --out case    two interfaces, one case",
            "  sudo hark sensor -i eth0 --out case --for 1h --filter 'not port 22'",
            "  sudo hark sensor -i eth0 --out case --user hark --ring 512MB",
            "  sudo hark sensor -i eth0 --to https://collector:8444 --spool /var/lib/hark/spool",
            "",
            "Exit status, the highest wins: 4 could not write, 3 an interface went away, 2 wrong usage, 0 otherwise."
        })
final class SensorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private Listening listening = new Listening();

    SensorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return listening.run(terminal);
    }
}
