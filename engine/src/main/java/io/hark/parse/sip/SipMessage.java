package io.hark.parse.sip;

import io.hark.bytes.Bytes;
import io.hark.format.TextLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One message: start line and headers.
///
/// *Source*: RFC 3261 §7, §20 (headers and their compact forms).
final class SipMessage {

    private static final int MAX_HEADERS = 200; // a message has two dozen
    private static final int MAX_JUNK = 32; // octets before the start line that are forgiven
    private static final int MAX_LINE = 4096; // characters of a header that are kept
    private static final int MAX_PATH = 70; // RFC 3261 §8.1.1.6: hops

    private static final Set<String> METHODS =
            Set.of(
                    "INVITE",
                    "ACK",
                    "OPTIONS",
                    "BYE",
                    "CANCEL",
                    "REGISTER",
                    "PRACK",
                    "SUBSCRIBE",
                    "NOTIFY",
                    "PUBLISH",
                    "INFO",
                    "REFER",
                    "MESSAGE",
                    "UPDATE");

    boolean junk;
    @Nullable String method;
    @Nullable String uri;
    int status;
    @Nullable String reason;
    @Nullable String date;
    @Nullable String from;
    @Nullable String to;
    @Nullable String replyTo;
    @Nullable String callId;
    @Nullable String seq;
    @Nullable String subject;
    @Nullable String userAgent;
    @Nullable String warning;
    @Nullable String contentType;
    long contentLength = -1;
    final List<String> via = new ArrayList<>(1);

    /// Where a message begins in `head`, blanks and a little junk skipped; -1 if there is none.
    static int start(Bytes head) {
        for (int at = 0; at <= MAX_JUNK && at < head.length(); at++) {
            int octet = head.peek(at);
            if (octet == 'S' && head.looksAt(at, "SIP/2.0 ") || isMethod(head, at)) {
                return at;
            }
            if (octet > ' ' && octet < 0x7f) {
                return -1;
            }
        }
        return -1;
    }

    private static boolean isMethod(Bytes head, int from) {
        int end = from;
        while (end - from < 10 && head.peek(end) >= 'A' && head.peek(end) <= 'Z') {
            end++;
        }
        if (end - from < 3 || head.peek(end) != ' ' || !METHODS.contains(head.ascii(from, end))) {
            return false;
        }
        int line = head.indexOf('\n', end);
        int last = line < 0 ? head.length() : line;
        return head.ascii(Math.max(end, last - 10), last).contains("SIP/2.0");
    }

    /// Where the headers end that begin at `from`: behind the empty line; -1 if that is not here.
    static int endOfHeaders(Bytes head, int from) {
        int line = head.indexOf('\n', Math.max(from, head.seen() - 2)); // it may have begun there
        while (line >= 0) {
            int next = line + 1;
            if (head.peek(next) == '\n') {
                return next + 1;
            }
            if (head.peek(next) == '\r' && head.peek(next + 1) == '\n') {
                return next + 2;
            }
            line = head.indexOf('\n', next);
        }
        return -1;
    }

    /// Reads one; null where there is none.
    static @Nullable SipMessage read(Bytes in) {
        int start = start(in);
        if (start < 0) {
            return null;
        }
        int end = endOfHeaders(in, start);
        String[] lines =
                in.ascii(start, end < 0 ? in.length() : end).split("\r?\n", MAX_HEADERS + 1);
        SipMessage message = new SipMessage();
        message.junk = start > 0;
        message.first(lines[0]);
        StringBuilder header = new StringBuilder();
        for (int i = 1; i < Math.min(lines.length, MAX_HEADERS); i++) {
            boolean folded = lines[i].startsWith(" ") || lines[i].startsWith("\t");
            if (!folded) {
                message.header(header.toString());
                header.setLength(0);
            }
            int room = MAX_LINE - header.length();
            header.append(lines[i], 0, Math.max(0, Math.min(room, lines[i].length())));
        }
        message.header(header.toString());
        return message;
    }

    private void first(String line) {
        String word = TextLine.word(line);
        String rest = TextLine.rest(line);
        if (word.equals("SIP/2.0")) {
            String code = TextLine.word(rest);
            boolean number = code.length() == 3 && code.chars().allMatch(c -> c >= '0' && c <= '9');
            status = number ? Integer.parseInt(code) : 0;
            reason = TextLine.rest(rest);
        } else {
            method = word;
            uri = TextLine.word(rest);
        }
    }

    private void header(String line) {
        int colon = line.indexOf(':');
        if (colon <= 0) {
            return;
        }
        String value = line.substring(colon + 1).strip();
        switch (line.substring(0, colon).strip().toLowerCase(Locale.ROOT)) {
            case "date" -> date = value;
            case "from", "f" -> from = value;
            case "to", "t" -> to = value;
            case "reply-to" -> replyTo = value;
            case "call-id", "i" -> callId = value;
            case "cseq" -> seq = value;
            case "subject", "s" -> subject = value;
            case "user-agent" -> userAgent = value;
            case "warning" -> warning = value;
            case "content-type", "c" -> contentType = value;
            case "content-length", "l" -> contentLength = length(value);
            case "via", "v" -> {
                if (via.size() < MAX_PATH) {
                    int end = value.indexOf(';');
                    via.add(end < 0 ? value : value.substring(0, end));
                }
            }
            default -> {}
        }
    }

    private static long length(String value) {
        boolean number =
                !value.isEmpty()
                        && value.length() < 10
                        && value.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(value) : -1;
    }
}
