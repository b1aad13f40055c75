package io.hark.parse.http;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// Reads HTTP/1.x: one `http` event a request and its answer, a body handed on for every entity.
///
/// *Source*: RFC 9110, RFC 9112; multipart requests RFC 7578; HTTP/0.9 as far as servers still
/// answer it. Anomalies bear Zeek's names.
///
/// *Thread*: one owner, the worker; all sessions share one [Head] and what reads it.
public final class HttpParser implements StreamParser {

    static final int LONGEST_METHOD = 20; // PROPPATCH, VERSION-CONTROL, BASELINE-CONTROL and room
    private static final int STATUS = 12; // HTTP/1.1 200

    private static final String VERSION = " HTTP/1."; // and one digit

    final Head head = new Head();
    final HeaderText text = new HeaderText(); // of heads that are kept for who asks about them
    final StartLines lines = new StartLines(head);
    final Fields fields = new Fields(head);

    @Override
    public String name() {
        return "http";
    }

    @Override
    public String about() {
        return "HTTP/1.x requests and answers (RFC 9110, 9112)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(
                80, 81, 591, 631, 1080, 3000, 3128, 5000, 5985, 7001, 8000, 8008, 8080, 8081, 8088,
                8888, 9000);
    }

    @Override
    public int probe(Bytes bytes, Side side) {
        int from = Glance.skipBlank(bytes);
        if (from == bytes.length()) {
            return bytes.length() < MAX_PROBE ? Verdict.MORE : Verdict.NO;
        }
        // A connection whose beginning was not captured may have its sides the wrong way round.
        int usual = side == Side.RESPONDER ? probeStatus(bytes, from) : probeRequest(bytes, from);
        if (usual != Verdict.NO) {
            return usual;
        }
        return side == Side.RESPONDER ? probeRequest(bytes, from) : probeStatus(bytes, from);
    }

    private static int probeStatus(Bytes bytes, int from) {
        if (bytes.length() - from >= STATUS) {
            return Glance.isStatus(bytes, from) ? Verdict.YES : Verdict.NO;
        }
        return Glance.maybeStatus(bytes, from) ? Verdict.MORE : Verdict.NO;
    }

    private static int probeRequest(Bytes bytes, int from) {
        int place = from;
        while (Glance.isToken(bytes.peek(place)) && place - from <= LONGEST_METHOD) {
            place++;
        }
        int next = bytes.peek(place);
        if (next == -1) {
            return place - from <= LONGEST_METHOD ? Verdict.MORE : Verdict.NO;
        }
        if (next != ' ' || place == from) {
            return hasRequestBehindJunk(bytes, from) ? Verdict.MAYBE : Verdict.NO;
        }
        boolean known = Methods.of(bytes, from, place - from) != null;
        int line = bytes.indexOf('\n', place);
        if (line < 0) {
            return bytes.length() >= MAX_PROBE
                    ? (known ? Verdict.MAYBE : Verdict.NO)
                    : Verdict.MORE;
        }
        int version = Glance.versionAt(bytes, place, line);
        if (version >= 0) {
            return bytes.looksAt(version + 1, "HTTP/2") ? Verdict.NO : Verdict.YES;
        }
        return known && bytes.peek(place + 1) == '/' ? Verdict.MAYBE : Verdict.NO;
    }

    /// Some clients put junk before the method, and some servers step over it.
    private static boolean hasRequestBehindJunk(Bytes bytes, int from) {
        int newline = bytes.indexOf('\n', from);
        int to = newline > 0 && bytes.peek(newline - 1) == '\r' ? newline - 1 : newline;
        return bytes.looksAt(to - VERSION.length() - 1, VERSION);
    }

    @Override
    public Session open(Connection connection) {
        return new HttpSession(connection, this);
    }
}
