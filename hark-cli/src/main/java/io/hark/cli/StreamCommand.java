package io.hark.cli;

import io.hark.Keyring;
import io.hark.UserError;
import io.hark.carry.Carried;
import io.hark.carry.Datagram;
import io.hark.carry.EchoPayload;
import io.hark.carry.Offered;
import io.hark.carry.StreamPiece;
import io.hark.event.Side;
import io.hark.sensor.Replay;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark stream`: what both sides of one connection said.
@Command(
        name = "stream",
        header = "Shows what both sides of one connection said.",
        description = {
            "Reads the captures of the case again, once they are found to be the same (SHA-256), and shows the payload in"
                    + " the order in which it was on the wire, put together as the analysis had it: with its times and"
                    + " its gaps, the caller in one colour, the called in another. Behind a pipe, JSON lines."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark stream case --uid CHhAvVGS1DHFjwGM9",
            "  hark stream case --uid CHhAvVGS1DHFjwGM9 --hex | less",
            "  hark stream case --uid CHhAvVGS1DHFjwGM9 --raw --side responder > answer.bin"
        })
final class StreamCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Option(
            names = "--uid",
            required = true,
            paramLabel = "UID",
            description = "The connection's id: column uid of every event about it.")
    private String uid = "";

    @Option(names = "--hex", description = "As a hex dump.")
    private boolean hex;

    @Option(
            names = "--raw",
            description = "The bytes as they are, without gaps, to a file or a pipe.")
    private boolean raw;

    @Option(
            names = "--side",
            paramLabel = "SIDE",
            description = "Only what the originator or the responder said.")
    private @Nullable Side side;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            description = "Where a capture of the case lies now, if it was moved; again for more.")
    private List<Path> inputs = List.of();

    @Option(
            names = "--keys",
            paramLabel = "PATH",
            description =
                    "Shows what was inside of TLS, opened by a PEM private RSA key, an NSS key log, a keys.yaml, or a folder of them.")
    private List<Path> keys = List.of();

    @Option(names = "--json", description = "JSON even on a terminal: one line a piece.")
    private boolean json;

    StreamCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    private interface Writing {
        void piece(long ts, Side from, long offset, byte[] bytes, long gap);
    }

    @Override
    public Integer call() throws IOException {
        if (raw && (hex || json) || hex && json) {
            throw new UserError("one of --hex, --raw and --json");
        }
        if (raw && terminal.isOutShown()) {
            throw new UserError(
                    "bytes of strangers do not go to a terminal as they are: pipe them, or use --hex");
        }
        CaseConnection connection = CaseConnection.of(dir, uid);
        if (connection.wire().protocol() != 6 && connection.wire().protocol() != 17) {
            throw new UserError(
                    uid
                            + " is neither TCP nor UDP and has no payload to put together;"
                            + " 'hark packets' has its packets");
        }
        Replay replay = Replay.of(dir, inputs, List.of(connection.wire()));
        boolean asJson = json || !terminal.isOutShown() && !hex;
        Writing writing;
        if (raw) {
            writing = (_, _, _, bytes, _) -> terminal.out().write(bytes, 0, bytes.length);
        } else if (asJson) {
            writing =
                    (ts, from, offset, bytes, gap) ->
                            terminal.out()
                                    .println(StreamPage.json(uid, ts, from, offset, bytes, gap));
        } else {
            writing = new StreamPage(terminal, connection, hex)::piece;
        }
        long[] said = new long[1];
        Keyring keyring = Keyring.load(keys);
        replay.payload(
                keyring,
                piece -> {
                    said[0]++;
                    give(piece, writing);
                });
        if (said[0] == 0 && !keys.isEmpty()) {
            throw new UserError(
                    "none of these keys opens " + uid + "; without --keys its ciphertext is shown");
        }
        terminal.out().flush();
        if (said[0] == 0) {
            terminal.complain(uid + " has no payload that was captured whole");
        }
        return Main.DONE;
    }

    private void give(Carried carried, Writing to) {
        switch (carried) {
            case StreamPiece piece -> {
                boolean says = piece.bytes().length > 0 || piece.gap() > 0;
                if (says && (side == null || side == piece.side())) {
                    to.piece(piece.ts(), piece.side(), piece.offset(), piece.bytes(), piece.gap());
                }
            }
            case Datagram datagram -> {
                if (side == null || side == datagram.side()) {
                    to.piece(datagram.ts(), datagram.side(), 0, datagram.bytes(), 0);
                }
            }
            case Offered _, EchoPayload _ ->
                    throw new IllegalStateException("nobody asked for " + carried.getClass());
        }
    }

    /// The word for a side.
    static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
