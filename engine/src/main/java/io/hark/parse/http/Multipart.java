package io.hark.parse.http;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// Takes a multipart request apart while it goes by: every part is a body of its own. A decoder
/// that wants the request gets its content as it was sent.
///
/// ```
/// --boundary CRLF
/// Content-Disposition: form-data; name="f"; filename="a.txt" CRLF
/// CRLF
/// … CRLF
/// --boundary-- CRLF
/// ```
///
/// *Thread*: one owner, the worker. *Source*: RFC 2046 §5.1, RFC 7578.
final class Multipart {

    /// The longest boundary taken: RFC 2046 allows 70 characters, programs a few more.
    static final int MAX_BOUNDARY = 200;

    /// The most parts that become bodies of their own, so that a flood of tiny ones stays cheap;
    /// forms have a few.
    static final int MAX_PARTS = 64;

    private static final int MAX_PART_HEAD = 8192; // a part's headers are two or three lines
    private static final int MAX_DELIMITER = 1024; // a delimiter line with padding

    private enum Place {
        PREAMBLE,
        HEADERS,
        DATA,
        EPILOGUE
    }

    private final Connection connection;
    private final Head head;
    private final Transaction transaction;
    private final Transaction.Entity content;
    private final String delimiter;
    private long left;
    private int parts;
    private Place place = Place.PREAMBLE;
    private boolean atLineStart = true;
    private @Nullable Body body;
    private @Nullable String filename;

    /// @param left length of the content
    Multipart(
            Connection connection, Head head, Transaction transaction, String boundary, long left) {
        this.connection = connection;
        this.head = head;
        this.transaction = transaction;
        this.content = transaction.entity(true);
        this.left = left;
        delimiter = "--" + boundary;
    }

    /// As [StreamParser.Session#frame].
    int frame(Bytes bytes) {
        int window = (int) Math.min(Math.min(bytes.length(), left), Head.MAX_BYTES);
        boolean last = window == left;
        return switch (place) {
            case EPILOGUE -> window;
            case HEADERS -> {
                int end = Glance.endOfHeaders(bytes, 0);
                int most = Math.min(window, MAX_PART_HEAD);
                yield end > 0 && end <= most
                        ? end
                        : last || window >= MAX_PART_HEAD ? most : StreamParser.Session.MORE;
            }
            case PREAMBLE, DATA -> frameData(bytes, window, last);
        };
    }

    private int frameData(Bytes bytes, int window, boolean last) {
        int n = delimiter.length();
        if (atLineStart) {
            if (window < n && !last) {
                return StreamParser.Session.MORE;
            }
            if (bytes.looksAt(0, delimiter)) {
                return delimiterLine(bytes, n, window, last);
            }
        }
        for (int newline = bytes.indexOf('\n', 0); newline >= 0 && newline < window; ) {
            int start = newline > 0 && bytes.peek(newline - 1) == '\r' ? newline - 1 : newline;
            if (newline + 1 + n > window) {
                return last ? window : start; // 0 is MORE
            }
            if (bytes.looksAt(newline + 1, delimiter)) {
                return start > 0 ? start : delimiterLine(bytes, newline + 1 + n, window, last);
            }
            newline = bytes.indexOf('\n', newline + 1);
        }
        return !last && bytes.peek(window - 1) == '\r' ? window - 1 : window;
    }

    private static int delimiterLine(Bytes bytes, int from, int window, boolean last) {
        int newline = bytes.indexOf('\n', from);
        int end = newline < 0 || newline >= window ? window : newline + 1;
        boolean whole = newline >= 0 && newline < window;
        return whole || last || end >= MAX_DELIMITER
                ? Math.min(end, MAX_DELIMITER)
                : StreamParser.Session.MORE;
    }

    /// Reads what was framed; answers whether the content is over.
    boolean message(Bytes whole, Side side) {
        left -= whole.length();
        if (transaction.wanted) {
            content.keep(whole);
        }
        switch (place) {
            case EPILOGUE -> content.around(whole.length());
            case HEADERS -> {
                content.around(whole.length());
                headers(whole);
                place = Place.DATA;
                atLineStart = true;
            }
            case PREAMBLE, DATA -> {
                int at = delimiterAt(whole);
                if (at >= 0) {
                    end();
                    content.around(whole.length());
                    boolean over =
                            whole.looksAt(at + delimiter.length(), "--") || ++parts > MAX_PARTS;
                    place = over ? Place.EPILOGUE : Place.HEADERS;
                } else {
                    data(whole, side);
                }
                atLineStart = false;
            }
        }
        if (left <= 0) {
            end();
        }
        return left <= 0;
    }

    private int delimiterAt(Bytes whole) {
        int at = whole.peek(0) == '\n' ? 1 : whole.peek(0) == '\r' && whole.peek(1) == '\n' ? 2 : 0;
        return (at > 0 || atLineStart) && whole.looksAt(at, delimiter) ? at : -1;
    }

    private void headers(Bytes whole) {
        filename = null;
        head.over(whole);
        while (head.next()) {
            if (head.isCalled("content-disposition")) {
                filename = head.parameter("filename");
            }
        }
    }

    private void data(Bytes whole, Side side) {
        if (place == Place.PREAMBLE) {
            content.around(whole.length());
            return;
        }
        if (body == null) {
            body = connection.body(side, HttpSession.SOURCE, filename, null, -1);
            body.carriedBy(transaction.carrier(true));
            content.add(body, filename);
        }
        body.take(whole);
    }

    /// Bytes are missing; answers whether the content is over.
    boolean lose(long bytes) {
        left -= bytes;
        content.lost();
        if (body != null) {
            body.lose(Math.min(bytes, left + bytes));
        }
        if (place == Place.HEADERS) {
            place = Place.PREAMBLE; // up to the next boundary nothing can be told
        }
        atLineStart = false;
        if (left <= 0) {
            end();
        }
        return left <= 0;
    }

    /// Ends the part at hand.
    void end() {
        if (body != null) {
            body.end();
            body = null;
        }
    }
}
