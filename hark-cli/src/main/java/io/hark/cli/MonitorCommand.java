package io.hark.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `hark monitor`: the embedded service, as far as this build has it.
@Command(
        name = "monitor",
        header = "Listens to interfaces, as a service of its own.",
        description = {
            "In this build it does what 'hark sensor' does and nothing more: capture, detectors, decoders and the case"
                    + " in DIR. Receiving from other sensors, a lake that is kept small, and the web console are not in"
                    + " this build; 'hark query DIR' asks what is there so far."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  sudo hark monitor -i eth0 --out case           until Ctrl-C",
            "  hark query case 'SELECT * FROM finding'        meanwhile, or later",
        })
final class MonitorCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Mixin private Listening listening = new Listening();

    MonitorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        return listening.run(terminal);
    }
}
