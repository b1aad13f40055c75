package io.hark.format.mail;

import io.hark.bytes.Bytes;
import io.hark.format.mail.PartHead.Encoding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a mail line by line: tells its headers, and hands on the content of its parts, decoded.
///
/// ```
/// Subject: a
///  folded line
/// Content-Type: multipart/mixed; boundary=b
///
/// --b
/// Content-Transfer-Encoding: base64
///
/// aGk=
/// --b--
/// ```
///
/// Only headers of the mail itself are told, not those of parts or of a mail inside. *Thread*: one
/// owner. *Source*: RFC 5322 §2.2, RFC 2045, RFC 2046.
public final class MailReader {

    /// Takes what was read.
    public interface Sink {
        /// A header of the mail itself.
        ///
        /// @param name in upper case
        /// @param value unfolded, blanks around it cut off
        void header(String name, String value);

        /// A part begins: what follows is its content.
        void begin(@Nullable String filename);

        /// The next piece of its content, decoded; valid during the call.
        void content(Bytes piece);

        /// So many octets of its content are missing here.
        void lost(long octets);

        /// The part ends.
        void end();

        /// The mail breaks the rules, by Zeek's name for it.
        void anomaly(String name);
    }

    /// The most parts in one another: as Zeek has it.
    private static final int MAX_DEPTH = 20;

    /// The most parts of a mail that are read: newsletters have a handful.
    private static final int MAX_PARTS = 256;

    /// The longest header, unfolded: lists of recipients have some KB.
    private static final int MAX_HEADER = 1 << 15;

    /// The most headers of one part: traces of forwarded mails have a hundred.
    private static final int MAX_HEADERS = 1000;

    private enum Place {
        HEADERS,
        CONTENT,
        BETWEEN
    }

    private final Sink sink;
    private final StringBuilder header = new StringBuilder();
    private final List<String> boundaries = new ArrayList<>(2);
    private PartHead head = new PartHead();
    private Place place = Place.HEADERS;
    private boolean top = true;
    private boolean lineStart = true;
    private boolean ignored; // an overlong header's rest
    private int headers;
    private int parts;
    private @Nullable TransferDecoder decoder;

    /// Reads one mail.
    public MailReader(Sink sink) {
        this.sink = sink;
    }

    /// Takes the next line with its end, or a piece of a line too long for one.
    public void line(Bytes line) {
        boolean begins = lineStart;
        lineStart = line.peek(line.length() - 1) == '\n';
        if (begins && line.peek(0) == '-' && line.peek(1) == '-' && boundary(line)) {
            return;
        }
        switch (place) {
            case HEADERS -> headerLine(line, begins);
            case CONTENT -> content(line);
            case BETWEEN -> {}
        }
    }

    /// So many octets are missing here.
    public void lose(long octets) {
        lineStart = false;
        if (place == Place.CONTENT) {
            sink.lost(octets);
        } else if (place == Place.HEADERS) {
            header.setLength(0);
            ignored = true;
        }
    }

    /// The mail is over.
    public void end() {
        if (place == Place.HEADERS) {
            flush();
        }
        if (decoder != null) {
            Bytes rest = decoder.rest();
            if (rest.length() > 0) {
                sink.content(rest);
            }
        }
        endPart();
        place = Place.BETWEEN;
    }

    // ---- headers

    private void headerLine(Bytes line, boolean begins) {
        int first = line.peek(0);
        if (begins && (first == '\n' || first == '\r' && line.peek(1) == '\n')) {
            flush();
            endOfHeaders();
            return;
        }
        boolean folded = !begins || first == ' ' || first == '\t';
        if (!folded) {
            flush();
            ignored = ++headers > MAX_HEADERS;
        }
        int end = line.length();
        while (end > 0 && (line.peek(end - 1) == '\n' || line.peek(end - 1) == '\r')) {
            end--;
        }
        if (!ignored && header.length() + end <= MAX_HEADER) {
            header.append(line.ascii(0, end));
        }
    }

    private void flush() {
        int colon = header.indexOf(":");
        if (colon > 0) {
            String name = header.substring(0, colon).strip().toUpperCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            head.header(name, value);
            if (top) {
                sink.header(name, value);
            }
        }
        header.setLength(0);
    }

    private void endOfHeaders() {
        top = false;
        headers = 0;
        String boundary = head.boundary;
        if (head.isMultipart() && boundary != null) {
            if (boundaries.size() < MAX_DEPTH) {
                boundaries.add("--" + boundary);
            } else {
                sink.anomaly("exceeded_mime_max_depth");
            }
            place = Place.BETWEEN;
        } else if (head.isMessage() && head.encoding == Encoding.NONE) {
            head = new PartHead();
        } else {
            place = ++parts > MAX_PARTS ? Place.BETWEEN : Place.CONTENT;
        }
    }

    // ---- content

    private void content(Bytes line) {
        if (decoder == null) {
            decoder = new TransferDecoder(head.encoding);
            sink.begin(head.filename);
        }
        Bytes piece = decoder.decode(line);
        if (piece.length() > 0) {
            sink.content(piece);
        }
    }

    /// Whether the line is a boundary of one of the parts that are open; if so, takes it.
    private boolean boundary(Bytes line) {
        for (int i = boundaries.size() - 1; i >= 0; i--) {
            String boundary = boundaries.get(i);
            if (line.looksAt(0, boundary)) {
                int behind = line.peek(boundary.length());
                boolean last = behind == '-' && line.peek(boundary.length() + 1) == '-';
                if (!last && behind > ' ') {
                    continue; // another boundary that begins with this one
                }
                if (place == Place.HEADERS) {
                    flush();
                }
                endPart();
                boundaries.subList(last ? i : i + 1, boundaries.size()).clear();
                place = last ? Place.BETWEEN : Place.HEADERS;
                head = new PartHead();
                top = false;
                return true;
            }
        }
        return false;
    }

    private void endPart() {
        if (decoder != null) {
            if (decoder.isIllegal()) {
                sink.anomaly("base64_illegal_encoding");
            }
            decoder = null;
            sink.end();
        }
    }
}
