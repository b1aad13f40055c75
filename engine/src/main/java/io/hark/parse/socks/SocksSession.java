package io.hark.parse.socks;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.event.TunnelState;
import org.jspecify.annotations.Nullable;

/// One handshake, until the proxy says that the way is open.
///
/// ```
/// client  05 n methods            04 command port address user 00 [name 00]
/// proxy   05 method               00 5a port address
/// client  [01 user password]
/// proxy   [01 00]
/// client  05 command 00 type address port
/// proxy   05 00 00 type address port
/// ```
///
/// *Thread*: one owner, the worker. *Errors*: none of its own; what breaks the handshake ends the
/// session.
final class SocksSession implements StreamParser.Session {

    private static final int MAX_MESSAGE = 1024; // two names of 255 octets and their frame
    private static final int CONNECT = 1;
    private static final int BIND = 2;
    private static final int NONE = 0;
    private static final int PASSWORD = 2;
    private static final int GRANTED_4 = 0x5a;

    /// What a side sends next. Clients may send ahead of the answers, so each side has its own.
    private enum Step {
        GREETING,
        CLIENT,
        METHOD,
        ACCEPTED,
        REPLY,
        REPLY_4,
        WAIT
    }

    private final Connection connection;
    private final SocksRow row;
    private @Nullable Side client;
    private Step clients = Step.GREETING;
    private Step proxys = Step.WAIT;
    private int command;
    private int replies = 1;

    SocksSession(Connection connection) {
        this.connection = connection;
        this.row = new SocksRow(connection);
    }

    @Override
    public int maxMessage() {
        return MAX_MESSAGE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        return switch (client == null || client == side ? clients : proxys) {
            case GREETING -> head.peek(0) == 4 ? request4(head) : greeting(head);
            case CLIENT -> head.peek(0) == 1 ? password(head) : address(head);
            case METHOD, ACCEPTED -> head.length() < 2 ? MORE : 2;
            case REPLY -> address(head);
            case REPLY_4 -> head.length() < 8 ? MORE : 8;
            case WAIT -> MORE; // the inside, sent ahead
        };
    }

    private static int greeting(Bytes head) {
        int methods = head.peek(1);
        return head.peek(0) != 5
                ? MALFORMED
                : methods < 0 || head.length() < 2 + methods ? MORE : 2 + methods;
    }

    /// How long a request of SOCKS 4 is: its texts end in a zero; 4a marks a name by an address
    /// `0.0.0.x`.
    static int request4(Bytes head) {
        int user = head.length() > 8 ? head.indexOf(0, 8) : -1;
        if (user < 0) {
            return MORE;
        }
        boolean named = head.peekU16(4) == 0 && head.peek(6) == 0 && head.peek(7) != 0;
        int end = named ? head.indexOf(0, user + 1) : user;
        return end < 0 ? MORE : Math.min(end + 1, MAX_MESSAGE + 1);
    }

    private static int password(Bytes head) {
        int user = head.peek(1);
        int secret = user < 0 ? -1 : head.peek(2 + user);
        return secret < 0 || head.length() < 3 + user + secret ? MORE : 3 + user + secret;
    }

    private static int address(Bytes head) {
        int type = head.peek(3);
        int length =
                switch (type) {
                    case 1 -> 10;
                    case 3 -> 7 + Math.max(0, head.peek(4));
                    case 4 -> 22;
                    case -1 -> MORE;
                    default -> MALFORMED;
                };
        return type == 3 && head.peek(4) < 0 || length > head.length() ? MORE : length;
    }

    @Override
    public void message(Bytes whole, Side side) {
        switch (client == null || client == side ? clients : proxys) {
            case GREETING -> {
                client = side;
                boolean four = whole.peek(0) == 4;
                command = whole.peek(1);
                if (four) {
                    row.request4(whole);
                }
                clients = four ? Step.WAIT : Step.CLIENT;
                proxys = four ? Step.REPLY_4 : Step.METHOD;
            }
            case CLIENT -> {
                if (whole.peek(0) != 1) {
                    request(whole);
                } else {
                    int length = whole.peek(1);
                    row.user(whole.ascii(2, 2 + length), whole.peek(2 + length) > 0);
                }
            }
            case METHOD -> {
                int method = whole.peek(1);
                need(whole, whole.peek(0) == 5 && (method == NONE || method == PASSWORD));
                proxys = method == PASSWORD ? Step.ACCEPTED : Step.REPLY;
            }
            case ACCEPTED -> {
                need(whole, whole.peek(1) == 0);
                proxys = Step.REPLY;
            }
            case REPLY -> {
                row.reply5(whole);
                opened(whole, whole.peek(0) == 5 && whole.peek(1) == 0);
            }
            case REPLY_4 -> {
                row.reply4(whole);
                opened(whole, whole.peek(0) == 0 && whole.peek(1) == GRANTED_4);
            }
            case WAIT -> {}
        }
    }

    private void request(Bytes whole) {
        need(whole, whole.peek(0) == 5);
        row.request5(whole);
        command = whole.peek(1);
        replies = command == BIND ? 2 : 1;
        if (whole.peek(3) == 3) {
            connection.name(whole.ascii(5, 5 + whole.peek(4)), "socks");
        }
        clients = Step.WAIT;
    }

    private void opened(Bytes whole, boolean granted) {
        need(whole, granted);
        if (granted && --replies == 0) {
            connection.confirm();
            proxys = Step.WAIT;
            if (command == CONNECT || command == BIND) {
                connection.emit(
                        TunnelState.through(
                                "SOCKS", connection.now(), connection.uid(), connection.id()));
                connection.inner();
            }
        }
    }

    private static void need(Bytes whole, boolean good) {
        if (!good) {
            whole.fail("refused, or no SOCKS");
        }
    }

    @Override
    public void close() {
        row.emit();
    }
}
