package io.hark.cli;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.UserError;
import io.hark.bytes.TextBuffer;
import io.hark.bytes.Visible;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.report.Units;
import io.hark.sensor.Analysis;
import io.hark.sensor.Conversations;
import io.hark.sensor.Conversations.Late;
import io.hark.sensor.OutsideDecoders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark decode --late`: tries keys that came late on what a case kept undecoded.
@Command(
        name = "decode",
        header = "Reads conversations that a case kept for a late key.",
        description = {
            "Reads exactly the pieces that no secret opened when the capture was analyzed, not the capture. What opens"
                    + " goes to DIR/conversations and is kept as pieces no longer."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark decode --late case --keys server.key      a server's private RSA key (PEM)",
            "  hark decode --late case --keys sslkeys.log     an NSS key log (SSLKEYLOGFILE)"
        })
final class DecodeCommand implements Callable<Integer> {

    private static final int MAX_SHOWN = 20; // messages on a terminal; the files have all

    private final Terminal terminal;

    @Option(names = "--late", paramLabel = "DIR", description = "The case.")
    private @Nullable Path late;

    @Option(
            names = "--keys",
            paramLabel = "PATH",
            description =
                    "Secrets to try: a PEM private RSA key, an NSS key log, a keys.yaml, or a folder of them.")
    private List<Path> keys = List.of();

    @Option(
            names = "--decoders",
            paramLabel = "DIR",
            description =
                    "Decoders of your own that may read what waits; ~/.config/hark/decoders without it.")
    private @Nullable Path decoders;

    @Option(
            names = "--json",
            description = "JSON even on a terminal: one line a message, then one of what was done.")
    private boolean json;

    @Parameters(arity = "0..*", paramLabel = "INPUT", hidden = true)
    private List<String> inputs = List.of();

    private long shown;

    DecodeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Path dir = late;
        if (dir == null || !inputs.isEmpty()) {
            throw new UserError(
                    "decode without --late is not in this build: 'hark analyze INPUT --keys PATH --out DIR' decodes all"
                            + " it can, 'hark decode --late DIR --keys PATH' what is left of it");
        }
        if (keys.isEmpty()) {
            throw new UserError(
                    "--late needs --keys PATH, a key that was not there when " + dir + " was made");
        }
        boolean asJson = json || !terminal.isOutShown();
        List<Decoder<?>> readers = new ArrayList<>(Analysis.decoders());
        readers.addAll(OutsideDecoders.found(decoders).decoders());
        Late done =
                Conversations.late(
                        dir, Keyring.load(keys), readers, message -> show(message, asJson));
        if (asJson) {
            TextBuffer line = new TextBuffer(200);
            line.put("{\"ranges_reopened\":").number(done.rangesReopened());
            line.put(",\"messages\":").number(done.messages());
            line.put(",\"findings\":").number(done.findings().size());
            line.put(",\"bytes_read\":").number(done.bytesRead());
            line.put(",\"bytes_waiting\":").number(done.bytesWaiting());
            line.put(",\"inner_packets\":").number(done.innerPackets()).put('}');
            terminal.out().println(line);
        } else {
            terminal.out().print(summary(dir, done));
        }
        terminal.out().flush();
        return Main.DONE;
    }

    private void show(Message m, boolean asJson) {
        String side = m.side().name().toLowerCase(Locale.ROOT);
        if (asJson) {
            TextBuffer line = new TextBuffer(500);
            line.put("{\"ts\":").seconds(m.ts()).put(",\"conversation\":").json(m.conversation());
            line.put(",\"family\":").json(m.family()).put(",\"side\":").json(side);
            line.put(",\"type\":").json(m.type()).put(",\"text\":").json(m.text());
            line.put(",\"uid\":").json(m.uid()).put('}');
            terminal.out().println(Visible.json(line.toString()));
        } else if (++shown <= MAX_SHOWN) {
            Page page = new Page(terminal.columns(), terminal.isColoured());
            String label = Units.clock(m.ts()) + String.format(Locale.ROOT, "  %8s> ", side);
            page.cut(0, Page.Look.CYAN, label, m.text().strip());
            terminal.out().print(page);
        }
    }

    private String summary(Path dir, Late done) {
        Page page = new Page(terminal.columns(), terminal.isColoured());
        if (shown > MAX_SHOWN) {
            page.text(0, Page.Look.FAINT, Units.count(shown - MAX_SHOWN) + " more");
        }
        if (done.rangesReopened() == 0) {
            page.text(
                    0,
                    Page.Look.YELLOW,
                    done.bytesWaiting() == 0
                            ? "Nothing waits for a key any more: what was opened is in conversations/."
                            : "No key opened anything; %s still wait."
                                    .formatted(Units.bytes(done.bytesWaiting())));
        } else {
            page.text(
                    0,
                    Page.Look.STRONG,
                    "Opened %s: %s, from %s of kept pieces. %s still wait."
                            .formatted(
                                    Units.count(done.rangesReopened(), "conversation"),
                                    Units.count(done.messages(), "message"),
                                    Units.bytes(done.bytesRead()),
                                    Units.bytes(done.bytesWaiting())));
            for (Finding finding : done.findings()) {
                page.labelled(
                        0,
                        Page.Look.RED,
                        finding.severity() + "  ",
                        Page.Look.PLAIN,
                        finding.title());
            }
            page.whole(
                    0,
                    Page.Look.CYAN,
                    "less " + NextSteps.quoted(dir.toString()) + "/conversations/*.txt");
        }
        return page.toString();
    }
}
