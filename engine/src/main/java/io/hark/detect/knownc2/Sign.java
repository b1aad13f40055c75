package io.hark.detect.knownc2;

import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Ssl;
import io.hark.event.Websocket;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// By what a family is known: a line of `signs.tsv`.
///
/// @param family the program
/// @param software its number in ATT&CK, or `-`
/// @param where what is looked at
/// @param what what it must be
/// @param sure how sure it is, 0 to 1
/// @param closed why no more can be told
/// @param source where the sign is described
record Sign(
        String family,
        String software,
        String where,
        String what,
        double sure,
        String closed,
        String source) {

    static final List<Sign> ALL = read();

    /// Bits an octet: 256 random octets have 7.1 and more in all but one of a million.
    private static final double RANDOM = 7.0;

    private static final int CELLS = 7;

    private static List<Sign> read() {
        try (InputStream in = Objects.requireNonNull(Sign.class.getResourceAsStream("signs.tsv"))) {
            List<Sign> signs = new ArrayList<>();
            for (String line :
                    new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList()) {
                String[] cells = line.split("\t", CELLS);
                if (!line.startsWith("#")) {
                    signs.add(
                            new Sign(
                                    cells[0],
                                    cells[1],
                                    cells[2],
                                    cells[3],
                                    Double.parseDouble(cells[4]),
                                    cells[5],
                                    cells[6]));
                }
            }
            return List.copyOf(signs);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Whether an event bears it.
    boolean fits(Event event) {
        return switch (event) {
            case Ssl ssl when where.equals("subject") -> hasPart(ssl.subject());
            case Ssl ssl when where.equals("issuer") -> hasPart(ssl.issuer());
            case Websocket socket when where.equals("subprotocol") -> offers(socket);
            case Conn conn when where.equals("shape") -> greets(conn);
            default -> false;
        };
    }

    private boolean hasPart(@Nullable String name) {
        return name != null && Arrays.stream(name.split(",")).anyMatch(part -> is(part.strip()));
    }

    private boolean offers(Websocket socket) {
        List<String> offered = socket.client_protocols();
        String chosen = socket.subprotocol();
        return chosen != null && is(chosen)
                || offered != null && offered.stream().anyMatch(this::is);
    }

    /// The first payloads have these lengths, and look random in both directions: a challenge and
    /// its answer under a block cipher. Of a protocol that a parser knows it says nothing.
    private boolean greets(Conn conn) {
        String[] lengths = what.split(",");
        Double asked = conn.orig_entropy();
        Double answered = conn.resp_entropy();
        if (conn.service() != null
                || asked == null
                || answered == null
                || asked < RANDOM
                || answered < RANDOM
                || conn.payload_lens().length < lengths.length) {
            return false;
        }
        for (int i = 0; i < lengths.length; i++) {
            if (conn.payload_lens()[i] != Long.parseLong(lengths[i])) {
                return false;
            }
        }
        return conn.proto().equals("tcp");
    }

    private boolean is(String text) {
        return what.endsWith("*")
                ? text.startsWith(what.substring(0, what.length() - 1))
                : text.equals(what);
    }

    /// What was seen, in words.
    String seen() {
        return switch (where) {
            case "subject" -> "the server's certificate is of " + what;
            case "issuer" -> "the server's certificate was issued by " + what;
            case "subprotocol" -> "the WebSocket speaks " + what;
            default -> "it opens with 256 random octets, answered by 256 random octets";
        };
    }
}
