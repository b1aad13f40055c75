package io.hark.cli;

import io.hark.collect.SensorStatus;
import io.hark.collect.Shipper;
import io.hark.live.Live;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import io.hark.wire.Drops;
import io.hark.wire.Source;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// Listens, and ships what is heard to a collector.
final class ShippingRun {

    private final Terminal terminal;
    private final Options options;
    private final URI to;
    private final boolean json;

    /// @param json whether it is told in JSON at the end, also on a terminal
    ShippingRun(Terminal terminal, Options options, URI to, boolean json) {
        this.terminal = terminal;
        this.options = options;
        this.to = to;
        this.json = json;
    }

    /// Ships until the source ends, or is asked to.
    ///
    /// @return the exit status
    int ship(Live live, Path spool, long room) throws IOException, InterruptedException {
        Queue<String> told = new ConcurrentLinkedQueue<>(); // by the thread that sends
        try (Shipper shipper = Shipper.open(spool, to, room, InstantSource.system(), told::add)) {
            shipper.capture(() -> capture(live));
            terminal.complain("shipping to " + to + " as " + shipper.name());
            DropsLine drops = new DropsLine(terminal, System::nanoTime);
            Analysis analysis =
                    new Analysis(
                            options,
                            _ -> {
                                drops.tell(live.counts());
                                drops.lost(live.lost(), live.counts().size());
                                told(told);
                            });
            analysis.ship(live, shipper.name(), shipper::take);
            SensorStatus status = shipper.end();
            told(told);
            tell(status);
        }
        DropsLine.counts(live.counts()).forEach(terminal::complain);
        if (live.status() != Source.Status.OK) {
            terminal.complain(live.trouble());
            return Main.UNREADABLE; // an interface went away: whoever started us shall know
        }
        return Main.DONE;
    }

    private void told(Queue<String> told) {
        for (String one = told.poll(); one != null; one = told.poll()) {
            terminal.complain(one);
        }
    }

    private static SensorStatus.OfCapture capture(Live live) {
        Drops drops = live.drops();
        return new SensorStatus.OfCapture(
                live.name(),
                live.frameCount(),
                live.octetCount(),
                drops.kernel(),
                drops.ring(),
                drops.queue());
    }

    private void tell(SensorStatus status) {
        if (json || !terminal.isOutShown()) {
            terminal.out().println(status.json());
        } else {
            SensorPage.of(status, status.at()).forEach(terminal.out()::println);
        }
        terminal.out().flush();
    }
}
