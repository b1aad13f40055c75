package io.hark.parse.socks;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// One handshake: the sides take turns until the proxy says that the way is open.
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

    private enum Step {
        GREETING,
        METHOD,
        PASSWORD,
        ACCEPTED,
        REQUEST,
        REPLY,
        REPLY_4,
        OVER
    }

    private final Connection connection;
    private Step step = Step.GREETING;
    private @Nullable Side client;
    private int command;
    private int replies = 1;

    SocksSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int maxMessage() {
        return MAX_MESSAGE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        if (step == Step.OVER) {
            return (int) Math.min(head.length(), MAX_MESSAGE);
        }
        boolean clients = step == Step.GREETING || step == Step.PASSWORD || step == Step.REQUEST;
        if (client != null && clients != (side == client)) {
            return MORE; // not its turn
        }
        return switch (step) {
            case GREETING -> head.peek(0) == 4 ? request4(head) : greeting(head);
            case METHOD, ACCEPTED -> head.length() < 2 ? MORE : 2;
            case PASSWORD -> password(head);
            case REQUEST, REPLY -> address(head);
            case REPLY_4 -> head.length() < 8 ? MORE : 8;
            case OVER -> MORE;
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
        long user = head.length() > 8 ? head.indexOf(0, 8) : -1;
        if (user < 0) {
            return MORE;
        }
        boolean named = head.peekU16(4) == 0 && head.peek(6) == 0 && head.peek(7) != 0;
        long end = named ? head.indexOf(0, user + 1) : user;
        return end < 0 ? MORE : (int) Math.min(end + 1, MAX_MESSAGE + 1);
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
        switch (step) {
            case GREETING -> {
                client = side;
                command = whole.peek(1);
                step = whole.peek(0) == 4 ? Step.REPLY_4 : Step.METHOD;
            }
            case METHOD -> {
                int method = whole.peek(1);
                need(whole, whole.peek(0) == 5 && (method == NONE || method == PASSWORD));
                step = method == PASSWORD ? Step.PASSWORD : Step.REQUEST;
            }
            case PASSWORD -> step = Step.ACCEPTED;
            case ACCEPTED -> {
                need(whole, whole.peek(1) == 0);
                step = Step.REQUEST;
            }
            case REQUEST -> {
                need(whole, whole.peek(0) == 5);
                command = whole.peek(1);
                replies = command == BIND ? 2 : 1;
                if (whole.peek(3) == 3) {
                    connection.name(whole.ascii(5, 5 + whole.peek(4)), "socks");
                }
                step = Step.REPLY;
            }
            case REPLY -> opened(whole, whole.peek(0) == 5 && whole.peek(1) == 0);
            case REPLY_4 -> opened(whole, whole.peek(0) == 0 && whole.peek(1) == GRANTED_4);
            case OVER -> {}
        }
    }

    private void opened(Bytes whole, boolean granted) {
        need(whole, granted);
        if (granted && --replies == 0) {
            connection.confirm();
            step = Step.OVER;
            if (command == CONNECT || command == BIND) {
                connection.inner();
            }
        }
    }

    private static void need(Bytes whole, boolean good) {
        if (!good) {
            whole.fail("refused, or no SOCKS");
        }
    }
}
