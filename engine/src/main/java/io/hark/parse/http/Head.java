package io.hark.parse.http;

import io.hark.bytes.Bytes;
import io.hark.bytes.Words;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The lines of one message's head: a start line, header lines, an empty line.
///
/// ```
/// GET /index.html HTTP/1.1 CRLF       HTTP/1.1 200 OK CRLF
/// Host: example.org CRLF              Content-Length: 5 CRLF
/// CRLF                                CRLF
/// ```
///
/// Lines may end in LF alone. The head is copied into one array, once, and read there: text is cut
/// out of it only for the values that somebody needs.
///
/// *Lifetime*: until the next [#over]. *Thread*: one owner, the worker. *Source*: RFC 9112 §2, §3,
/// §4, §5.
final class Head {

    /// The longest head taken; what is beyond is stepped over. Servers take 8 to 64 KB.
    static final int MAX_BYTES = 1 << 16;

    /// The most header lines looked at; servers refuse more than about a hundred.
    static final int MAX_LINES = 1000;

    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final String[] REASONS = {
        "OK",
        "Not Found",
        "Not Modified",
        "Found",
        "Moved Permanently",
        "No Content",
        "Partial Content",
        "Continue",
        "Forbidden",
        "Unauthorized",
        "Bad Request",
        "Internal Server Error",
        "Created",
        "Accepted",
        "See Other"
    };
    private static final int VERSION = 8; // HTTP/1.1

    private final Words words = new Words();
    private final byte[] upper = new byte[64];
    private byte[] octets = new byte[4096];
    private Bytes bytes = new Bytes();
    private int end;
    private int at;
    private int lines;
    private boolean folded;

    /// Where the line at hand begins and where it ends, without its line end.
    int lineFrom;

    int lineTo;

    /// Where the name of the header at hand ends.
    int nameTo;

    /// Puts it over a message.
    void over(Bytes whole) {
        bytes = whole;
        end = Math.min(whole.length(), MAX_BYTES);
        if (octets.length < end) {
            octets = new byte[MAX_BYTES];
        }
        whole.copyTo(0, octets, 0, end);
        at = 0;
        lines = 0;
    }

    /// Steps to the start line, over empty lines before it; answers whether there is one.
    boolean startLine() {
        at = Glance.skipBlank(bytes);
        return at < end && line();
    }

    /// Steps to the next header; answers whether there is one. At the end [#isWhole] tells whether
    /// the empty line was there.
    boolean next() {
        folded = false;
        while (at < end && lines++ < MAX_LINES) {
            if (!line() || lineTo == lineFrom) {
                return false;
            }
            while (at < end
                    && (octets[at] == ' '
                            || octets[at] == '\t')) { // RFC 9112 §5.2: obsolete line folding
                int from = lineFrom;
                line();
                lineFrom = from;
                folded = true;
            }
            nameTo = lineFrom;
            while (nameTo < lineTo && octets[nameTo] != ':') {
                nameTo++;
            }
            if (nameTo < lineTo) {
                return true;
            }
        }
        return false;
    }

    private boolean line() {
        lineFrom = at;
        int newline = newline(at);
        boolean whole = newline >= 0 && newline < end;
        lineTo = whole ? newline : end;
        at = whole ? newline + 1 : end;
        if (lineTo > lineFrom && octets[lineTo - 1] == '\r') {
            lineTo--;
        }
        return whole || lineTo > lineFrom;
    }

    private int newline(int from) {
        int place = from;
        for (; end - place >= Long.BYTES; place += Long.BYTES) {
            long zero = Glance.zeros((long) LONGS.get(octets, place) ^ Glance.NEWLINES);
            if (zero != 0) {
                return place + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
        }
        while (place < end && octets[place] != '\n') {
            place++;
        }
        return place < end ? place : -1;
    }

    /// Whether nothing is behind the line at hand.
    boolean isAtEnd() {
        return at >= end;
    }

    /// Whether the head ends in an empty line, or is one.
    boolean isWhole() {
        if (end == 0 || octets[end - 1] != '\n') {
            return false;
        }
        int before = end >= 2 && octets[end - 2] == '\r' ? end - 3 : end - 2;
        return before < 0 || octets[before] == '\n';
    }

    /// Where the next line begins.
    int nextFrom() {
        return at;
    }

    /// Where the line end of the line at hand lies.
    int newline() {
        return at > lineTo ? at - 1 : lineTo;
    }

    /// The version whose `HTTP/` is at `place`, times ten; 0 if there is none.
    int version(int place) {
        boolean there =
                place + VERSION <= lineTo
                        && isDigit(place + 5)
                        && octets[place + 6] == '.'
                        && isDigit(place + 7);
        return there ? (octets[place + 5] - '0') * 10 + octets[place + 7] - '0' : 0;
    }

    private boolean isDigit(int place) {
        return octets[place] >= '0' && octets[place] <= '9';
    }

    /// A version as text.
    static @Nullable String versionText(int version) {
        return switch (version) {
            case 9 -> "0.9";
            case 10 -> "1.0";
            case 11 -> "1.1";
            case 20 -> "2.0";
            default -> null;
        };
    }

    /// The text of a status line from `from` on; common ones are shared strings.
    @Nullable String reason(int from) {
        int to = trim(from, lineTo);
        if (from == to) {
            return null;
        }
        for (String known : REASONS) {
            if (known.length() == to - from && bytes.looksAt(from, known)) {
                return known;
            }
        }
        return text(from, to);
    }

    /// The octet at `place`.
    int octet(int place) {
        return octets[place] & 0xff;
    }

    /// Whether the header at hand is called `name` (lower case).
    boolean isCalled(String name) {
        return nameTo - lineFrom == name.length() && looksAt(lineFrom, name);
    }

    /// Whether the header at hand is called `name` (lower case), white space before the colon
    /// apart.
    boolean isCalledLoosely(String name) {
        return trim(lineFrom, nameTo) - lineFrom == name.length() && looksAt(lineFrom, name);
    }

    /// The name of the header at hand, as it was written.
    String name() {
        return text(lineFrom, nameTo);
    }

    /// The name of the header at hand, upper case.
    String upperName() {
        int length = nameTo - lineFrom;
        String word = null;
        if (length <= upper.length) {
            for (int i = 0; i < length; i++) {
                int octet = octets[lineFrom + i];
                upper[i] = (byte) (octet >= 'a' && octet <= 'z' ? octet - 0x20 : octet);
            }
            word = words.of(upper, 0, length);
        }
        return word == null ? name().toUpperCase(Locale.ROOT) : word;
    }

    /// Whether `lower` (lower case) is at `place`, in whatever case.
    boolean looksAt(int place, String lower) {
        if (lineTo - place < lower.length()) {
            return false;
        }
        for (int i = 0; i < lower.length(); i++) {
            int octet = octets[place + i];
            if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Whether the header at hand has this name, given in upper case.
    boolean isNamed(String upper) {
        int length = nameTo - lineFrom;
        if (length != upper.length()) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            int octet = octets[lineFrom + i];
            if ((octet >= 'a' && octet <= 'z' ? octet - 0x20 : octet) != upper.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// Where `lower` (lower case) begins in the value at hand, or -1.
    int find(String lower) {
        return find(lower, nameTo + 1);
    }

    private int find(String lower, int from) {
        for (int place = from; place + lower.length() <= lineTo; place++) {
            if (looksAt(place, lower)) {
                return place;
            }
        }
        return -1;
    }

    /// Whether the octet is in the value at hand.
    boolean holds(int octet) {
        for (int place = nameTo + 1; place < lineTo; place++) {
            if (octets[place] == octet) {
                return true;
            }
        }
        return false;
    }

    /// Where the line at hand ends.
    int valueTo() {
        return trim(nameTo, lineTo);
    }

    /// Where the value at hand begins, white space behind it.
    int valueFrom() {
        int from = nameTo + 1;
        while (from < lineTo && isSpace(octets[from])) {
            from++;
        }
        return from;
    }

    /// The value at hand.
    String value() {
        String text = text(valueFrom(), lineTo);
        return folded ? text.replaceAll("\r?\n[ \t]+", " ") : text;
    }

    /// The value at hand; `last` itself where that is the same text.
    String value(@Nullable String last) {
        int from = valueFrom();
        int to = trim(from, lineTo);
        if (last != null && last.length() == to - from && !folded) {
            int i = 0;
            while (i < to - from && octets[from + i] == last.charAt(i)) {
                i++;
            }
            if (i == to - from) {
                return last;
            }
        }
        return value();
    }

    /// The value of a parameter (lower case) in the value at hand, or null: `filename="a.txt"`,
    /// `filename*=UTF-8''a%20b`.
    @Nullable String parameter(String name) {
        for (int place = find(name); place >= 0; place = find(name, place + 1)) {
            int from = skipSpace(place + name.length());
            boolean extended = from < lineTo && octets[from] == '*';
            from = skipSpace(extended ? from + 1 : from);
            boolean begins = place == nameTo + 1 || " ;\t".indexOf(octets[place - 1]) >= 0;
            if (!begins || from >= lineTo || octets[from] != '=') {
                continue;
            }
            from = skipSpace(from + 1);
            boolean quoted = from < lineTo && octets[from] == '"';
            int to = quoted ? ++from : from;
            while (to < lineTo && octets[to] != (quoted ? '"' : ';')) {
                to++;
            }
            String text = text(from, to);
            int charset = extended ? text.indexOf('\'', text.indexOf('\'') + 1) : -1;
            return charset < 0 ? text : text.substring(charset + 1);
        }
        return null;
    }

    private int skipSpace(int place) {
        while (place < lineTo && isSpace(octets[place])) {
            place++;
        }
        return place;
    }

    /// The value at hand as a decimal number; -1 if it is none.
    long number() {
        int from = valueFrom();
        int to = trim(from, lineTo);
        long value = from < to && to - from <= 18 ? 0 : -1;
        for (int i = from; i < to && value >= 0; i++) {
            int digit = octets[i] - '0';
            value = digit < 0 || digit > 9 ? -1 : value * 10 + digit;
        }
        return value;
    }

    /// The octets from `from` to `to` as text, white space behind cut off: UTF-8 where it is that,
    /// else Latin-1.
    String text(int from, int to) {
        int length = trim(from, to) - from;
        String word = words.of(octets, from, length);
        return word == null ? text(octets, from, length) : word;
    }

    static String text(byte[] octets, int from, int length) {
        String text = new String(octets, from, length, StandardCharsets.UTF_8);
        return text.indexOf('\ufffd') < 0
                ? text
                : new String(octets, from, length, StandardCharsets.ISO_8859_1);
    }

    private int trim(int from, int to) {
        while (to > from && isSpace(octets[to - 1])) {
            to--;
        }
        return to;
    }

    private static boolean isSpace(int octet) {
        return octet == ' ' || octet == '\t' || octet == '\r' || octet == '\n';
    }
}
