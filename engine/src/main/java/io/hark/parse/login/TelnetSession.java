package io.hark.parse.login;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Login;
import io.hark.event.Side;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One connection: options, and who logs in by what is asked and typed. Only what is typed behind a
/// question for a user is kept.
///
/// *Source*: RFC 854 (commands), RFC 1091 (terminal), RFC 1572 (user).
final class TelnetSession implements StreamParser.Session {

    static final int COMMAND = 0xff;
    static final int WILL = 0xfb;
    static final int LAST_VERB = 0xfe;

    private static final int SUB = 0xfa;
    private static final int SUB_END = 0xf0;
    private static final int TERMINAL = 24;
    private static final int MAX_SUB = 1024; // octets of a subnegotiation
    private static final int MAX_TEXT = 4096; // octets of text read at once
    private static final int MAX_SHOWN = 128; // characters of the last line shown, and of a name
    private static final int MAX_WATCHED = 1 << 16; // octets of the server in which a login lies

    private final Connection connection;
    private final long ts;
    private final StringBuilder shown = new StringBuilder();
    private final StringBuilder typed = new StringBuilder();
    private boolean asksUser;
    private int watched;
    private @Nullable String user;
    private @Nullable String terminal;
    private int failures;
    private boolean success;

    TelnetSession(Connection connection) {
        this.connection = connection;
        this.ts = connection.now();
    }

    @Override
    public int maxMessage() {
        return MAX_TEXT;
    }

    @Override
    public int frame(Bytes head, Side side) {
        if (head.peek(0) != COMMAND) {
            int next = head.indexOf(COMMAND, 0);
            return Math.min(next < 0 ? head.length() : next, MAX_TEXT);
        }
        int verb = head.peek(1);
        if (verb == SUB) {
            int end = subEnd(head);
            return end > MAX_SUB ? 2 : end < 0 ? head.length() > MAX_SUB ? 2 : MORE : end;
        }
        int n = verb >= WILL && verb <= LAST_VERB ? 3 : 2;
        return head.length() < n ? MORE : n;
    }

    private static int subEnd(Bytes head) {
        int at = head.indexOf(COMMAND, 2);
        while (at >= 0 && head.peek(at + 1) != SUB_END) {
            if (head.peek(at + 1) < 0) {
                return -1;
            }
            at = head.indexOf(COMMAND, at + 2);
        }
        return at < 0 ? -1 : at + 2;
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (whole.peek(0) == COMMAND) {
            if (whole.peek(1) == SUB && whole.peek(2) == TERMINAL && whole.peek(3) == 0) {
                terminal = whole.ascii(4, Math.min(whole.length() - 2, 4 + MAX_SHOWN));
            }
        } else if (side == Side.ORIGINATOR) {
            typed(whole);
        } else if (watched < MAX_WATCHED) {
            watched += whole.length();
            shown(whole);
        }
    }

    private void shown(Bytes text) {
        for (int i = 0; i < text.length(); i++) {
            int octet = text.peek(i);
            if (octet == '\n' || octet == '\r') {
                line();
                shown.setLength(0);
            } else if (octet >= ' ' && shown.length() < MAX_SHOWN) {
                shown.append((char) octet);
            }
        }
        String last = shown.toString().strip().toLowerCase(Locale.ROOT);
        if (last.startsWith("last login")) {
            return; // tells of an earlier one
        }
        if (last.endsWith("login:") || last.endsWith("username:") || last.endsWith("user:")) {
            asksUser = true;
            typed.setLength(0);
        } else if (last.endsWith("password:")) {
            asksUser = false;
        }
    }

    /// What the server says when a login is over.
    private void line() {
        String line = shown.toString().toLowerCase(Locale.ROOT);
        if (line.contains("login incorrect")
                || line.contains("login failed")
                || line.contains("authentication failed")) {
            failures++;
        } else if (user != null && line.startsWith("last login")) {
            success = true;
        }
    }

    private void typed(Bytes text) {
        for (int i = 0; i < text.length() && asksUser; i++) {
            int octet = text.peek(i);
            if (octet == '\r' || octet == '\n' || octet == 0) {
                if (!typed.isEmpty()) {
                    user = typed.toString();
                    asksUser = false;
                }
            } else if (octet == 0x7f || octet == '\b') {
                typed.setLength(Math.max(0, typed.length() - 1));
            } else if (octet >= ' ' && typed.length() < MAX_SHOWN) {
                typed.append((char) octet);
            }
        }
    }

    @Override
    public boolean gap(Side side, long bytes) {
        asksUser = false;
        shown.setLength(0);
        return true;
    }

    @Override
    public void close() {
        connection.emit(
                new Login(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        "telnet",
                        user,
                        null,
                        terminal,
                        null,
                        success ? Boolean.TRUE : failures > 0 ? false : null,
                        failures));
    }
}
