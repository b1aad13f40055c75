package io.hark.lines;

import io.hark.wire.Input;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The records of a text, one after the other: a line each, but for a JSON object, and values in
/// quotes between commas (RFC 4180), that go on over several.
///
/// A line is cut at [#MAX_LINE]; what is cut off is counted. Octets that are no UTF-8 are read as
/// Latin-1, so that none is lost.
///
/// *Thread*: one owner.
final class TextLines {

    /// Octets of one record. The longest that products write are some 30 KB (scripts in Windows
    /// events).
    static final int MAX_LINE = 1 << 18;

    private static final int MAX_SHOWN = 24; // characters of a text that is none of ours
    private static final int MAX_JOINED = 512; // lines of one JSON object
    private static final int MAX_QUOTED = 64; // lines of one record in quotes
    private static final int BUFFER = 1 << 16;

    private final Input input;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private byte[] line = new byte[1 << 12];
    private boolean ended;
    private @Nullable String trouble;
    private @Nullable String ahead; // read, but not of the record before
    private String beginning = "";
    private long number;
    private long first;
    private long cut;

    TextLines(Input input) {
        this.input = input;
    }

    /// The next record that is not empty, without its end; null behind the last.
    @Nullable String next() {
        String one = line();
        while (one != null && one.isBlank()) {
            one = line();
        }
        first = number;
        if (beginning.isEmpty() && one != null) {
            beginning = one.substring(0, Math.min(one.length(), MAX_SHOWN)).strip();
        }
        if (one != null && isQuoteOpen(one)) {
            return quotesClosed(one);
        }
        return one == null || !isOpen(one) ? one : joined(one);
    }

    /// The line behind the record, which stays there; null if there is none.
    @Nullable String peek() {
        if (ahead == null) {
            ahead = line();
            number -= ahead == null ? 0 : 1;
        }
        return ahead;
    }

    /// The record with the line behind it, which is taken away.
    String join(String record) {
        String more = line();
        return more == null ? record : record + '\n' + more;
    }

    /// Whether it begins as JSON does: a word in brackets is the head of an Apache error.
    private static boolean isOpen(String line) {
        String rest = line.charAt(0) == '[' ? line.substring(1).strip() : line;
        boolean isJson = rest.isEmpty() || "{[\"".indexOf(rest.charAt(0)) >= 0;
        return isJson && (line.charAt(0) == '{' || line.charAt(0) == '[') && depth(line, 0) > 0;
    }

    /// Whether it begins with a value in quotes, and one of its values has no end: quotes inside of
    /// one are doubled, so that their number tells.
    private static boolean isQuoteOpen(String line) {
        return line.charAt(0) == '"' && hasOddQuotes(line);
    }

    private static boolean hasOddQuotes(String line) {
        return line.chars().filter(c -> c == '"').count() % 2 == 1;
    }

    /// The values that `one` begins, with the lines that end them; `one` itself where none do.
    private String quotesClosed(String one) {
        StringBuilder all = new StringBuilder(one);
        for (int lines = 0; lines < MAX_QUOTED && all.length() < MAX_LINE; lines++) {
            String more = peek();
            if (more == null || more.startsWith("\"") && !hasOddQuotes(more)) {
                break; // a whole record: the one before never ended
            }
            all.append('\n').append(line());
            if (hasOddQuotes(more)) {
                break;
            }
        }
        return all.toString();
    }

    /// The object that `one` begins, with the lines that end it; `one` itself where none do.
    private String joined(String one) {
        StringBuilder all = new StringBuilder(one);
        int depth = depth(one, 0);
        int lines = 0;
        while (depth > 0 && ++lines < MAX_JOINED && all.length() < MAX_LINE) {
            String more = line();
            if (more == null) {
                break;
            }
            if (!more.isEmpty() && more.charAt(0) == '{') { // the one before never ended
                ahead = more;
                number--;
                break;
            }
            all.append('\n').append(more);
            depth = depth(more, depth);
        }
        return all.toString();
    }

    /// How many braces and brackets are open behind the line; those in quotes do not count.
    private static int depth(String line, int before) {
        int depth = before;
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            switch (line.charAt(i)) {
                case '\\' -> i++;
                case '"' -> quoted = !quoted;
                case '{', '[' -> depth += quoted ? 0 : 1;
                case '}', ']' -> depth -= quoted ? 0 : 1;
                default -> {}
            }
        }
        return depth;
    }

    private @Nullable String line() {
        String kept = ahead;
        if (kept != null) {
            ahead = null;
            number++;
            return kept;
        }
        int length = 0;
        while (true) {
            if (!buffer.hasRemaining() && !fill()) {
                if (length == 0) {
                    return null;
                }
                break;
            }
            byte octet = buffer.get();
            if (octet == '\n') {
                break;
            }
            if (length == MAX_LINE) {
                cut++;
                continue;
            }
            if (length == line.length) {
                line = Arrays.copyOf(line, length * 2);
            }
            line[length++] = octet;
        }
        number++;
        while (length > 0 && line[length - 1] == '\r') {
            length--;
        }
        return text(length);
    }

    private String text(int length) {
        boolean isMarked =
                number == 1
                        && length >= 3
                        && line[0] == (byte) 0xef
                        && line[1] == (byte) 0xbb
                        && line[2] == (byte) 0xbf;
        int from = isMarked ? 3 : 0;
        return text(line, from, length - from);
    }

    /// Octets as text: UTF-8, or Latin-1 where they are none.
    static String text(byte[] octets, int from, int length) {
        String text = new String(octets, from, length, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0
                ? text
                : new String(octets, from, length, StandardCharsets.ISO_8859_1);
    }

    private boolean fill() {
        buffer.clear();
        int n = 0;
        while (!ended && n == 0) { // an input may have nothing for a moment
            try {
                n = input.read(buffer);
            } catch (IOException e) { // a packed file that breaks off, or a disk that does
                trouble = String.valueOf(e.getMessage());
                n = -1;
            }
            ended = n < 0;
        }
        buffer.flip();
        return !ended;
    }

    /// The number of the line that the record began with, from 1.
    long first() {
        return first;
    }

    /// What the text begins with, for a person.
    String beginning() {
        return beginning;
    }

    /// Lines read.
    long lines() {
        return number;
    }

    /// Octets of lines that were longer than is read.
    long cut() {
        return cut;
    }

    /// Why it could not be read to its end; null if it could.
    @Nullable String trouble() {
        return trouble;
    }
}
