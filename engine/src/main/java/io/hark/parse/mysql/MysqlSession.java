package io.hark.parse.mysql;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// One connection: a login, then commands and their answers.
///
/// ```
/// 0       3        4
/// length  number   payload       little endian; every command begins with number 0
/// ```
///
/// Where the client asks for TLS, what follows is looked at anew. Rows of results are stepped over;
/// long packets are read in part. *Source*: MySQL's manual of the protocol, "Connection Phase" and
/// "Command Phase".
final class MysqlSession implements StreamParser.Session {

    private static final int HEADER = 4;
    private static final int MAX_READ = 1 << 16; // octets of a packet that are looked at
    private static final int SSL = 0x800;
    private static final int PROTOCOL_41 = 0x200;
    private static final long NO_EOF = 1L << 24;
    private static final long QUERY_ATTRIBUTES = 1L << 27;
    private static final int SSL_REQUEST = 32; // octets of a login that ends before the name
    private static final int OK = 0;
    private static final int EOF = 0xfe;
    private static final int ERROR = 0xff;
    private static final int MAX_EOF = 9; // octets; longer packets that begin so are rows

    private enum Phase {
        GREETING,
        LOGIN,
        COMMAND
    }

    /// What the next packet of the server is.
    private enum Answer {
        FIRST,
        COLUMNS,
        ROWS,
        NONE
    }

    private final Connection connection;
    private Phase phase = Phase.GREETING;
    private Answer answer = Answer.NONE;
    private long serverCan;
    private long clientCan;
    private long columns;
    private boolean confirmed;
    private @Nullable Command command;

    MysqlSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int maxMessage() {
        return HEADER + MAX_READ;
    }

    private static int length(Bytes head) {
        return head.peek(0) | head.peek(1) << 8 | head.peek(2) << 16;
    }

    @Override
    public int frame(Bytes head, Side side) {
        if (head.length() < HEADER) {
            return MORE;
        }
        int n = HEADER + Math.min(length(head), MAX_READ);
        return n > head.length() ? MORE : n;
    }

    @Override
    public void message(Bytes whole, Side side) {
        int length = length(whole);
        int number = whole.peek(3);
        if (length > MAX_READ) {
            connection.skip(length - MAX_READ);
        }
        whole.skip(HEADER);
        if (side == Side.RESPONDER) {
            server(whole, length);
        } else {
            client(whole, length, number);
        }
    }

    // ---- the client

    private void client(Bytes in, int length, int number) {
        switch (phase) {
            case GREETING -> in.fail("the client speaks first");
            case LOGIN -> {
                if (command == null) {
                    login(in, length);
                }
            }
            case COMMAND -> {
                if (number == 0) {
                    command(in);
                }
            }
        }
    }

    private void login(Bytes in, int length) {
        clientCan = in.leU16();
        if ((clientCan & PROTOCOL_41) != 0) {
            clientCan |= (long) in.leU16() << 16;
            in.skip(4 + 1 + 23);
        } else {
            in.skip(3);
        }
        confirm();
        if ((clientCan & SSL) != 0 && length <= SSL_REQUEST) {
            connection.inner();
            return;
        }
        begin(new Command(connection.now(), -1, "login", Wire.text(in)));
    }

    private void command(Bytes in) {
        if (in.remaining() == 0) {
            return;
        }
        int code = in.u8();
        if (code == Command.QUERY && (clientCan & serverCan & QUERY_ATTRIBUTES) != 0) {
            Wire.skipAttributes(in);
        }
        String argument =
                !Command.hasText(code)
                        ? ""
                        : code == Command.CHANGE_USER || code == Command.FIELD_LIST
                                ? Wire.text(in)
                                : in.utf8(in.remaining());
        begin(new Command(connection.now(), code, Command.name(code), argument));
    }

    private void begin(Command fresh) {
        finish();
        command = fresh;
        answer = Answer.FIRST;
    }

    // ---- the server

    private void server(Bytes in, int length) {
        int first = in.peek(HEADER);
        switch (phase) {
            case GREETING -> greeting(in);
            case LOGIN -> {
                if (command == null) {
                    return;
                }
                if (first == OK) {
                    ok(in);
                    phase = Phase.COMMAND;
                } else if (first == ERROR) {
                    error(in);
                }
            }
            case COMMAND -> {
                if (command != null) {
                    answer(in, command, first, length);
                }
            }
        }
    }

    private void greeting(Bytes in) {
        int protocol = in.u8();
        if (protocol == ERROR) {
            confirm();
            return;
        }
        Wire.text(in);
        in.skip(4 + 8 + 1);
        serverCan = in.remaining() < 2 ? 0 : in.leU16();
        if (in.remaining() >= 5) {
            in.skip(3);
            serverCan |= (long) in.leU16() << 16;
        }
        phase = Phase.LOGIN;
    }

    private void answer(Bytes in, Command to, int first, int length) {
        boolean eof = first == EOF && length < MAX_EOF;
        boolean withoutEof = (clientCan & serverCan & NO_EOF) != 0;
        switch (answer) {
            case NONE -> {}
            case FIRST -> first(in, to, first, length);
            case COLUMNS -> {
                if (withoutEof ? --columns <= 0 : eof) {
                    answer = Answer.ROWS;
                }
            }
            case ROWS -> rows(in, to, first, length);
        }
    }

    private void first(Bytes in, Command to, int first, int length) {
        if (first == ERROR) {
            error(in);
        } else if (to.code == Command.STATISTICS) {
            answer = Answer.NONE; // a line of text
        } else if (first == OK) {
            ok(in);
        } else if (to.code == Command.CHANGE_USER) {
            return; // more of the login
        } else if (first == EOF && length < MAX_EOF) {
            to.succeeded(0);
            finish();
        } else if (to.code == Command.FIELD_LIST) {
            answer = Answer.ROWS;
        } else {
            columns = Wire.number(in);
            answer = Answer.COLUMNS;
        }
    }

    private void rows(Bytes in, Command to, int first, int length) {
        if (first == EOF && length < Math.max(MAX_EOF, MAX_READ)) {
            to.succeeded(0);
            finish();
        } else if (first == ERROR) {
            error(in);
        }
    }

    private void ok(Bytes in) {
        in.skip(1);
        if (command != null) {
            command.succeeded(command.code == Command.PREPARE ? 0 : Wire.number(in));
        }
        finish();
    }

    private void error(Bytes in) {
        in.skip(1);
        in.leU16();
        if (in.peek(in.offset()) == '#') {
            in.skip(6);
        }
        String text = new String(in.take(in.remaining()), StandardCharsets.UTF_8);
        if (command != null) {
            command.failed(text);
        }
        finish();
    }

    // ---- ends

    private void confirm() {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
    }

    private void finish() {
        if (command != null) {
            command.emit(connection);
            command = null;
        }
        answer = Answer.NONE;
    }

    @Override
    public void close() {
        finish();
    }
}
