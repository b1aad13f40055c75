package io.hark.parse.postgresql;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Postgresql;
import io.hark.event.Side;
import org.jspecify.annotations.Nullable;

/// One connection: a login, then requests and their answers.
///
/// ```
/// first of the client   length (4)  code or version (4)  name 00 value 00 … 00
/// all others            type (1)  length (4)  payload
/// ```
///
/// Where the server grants TLS, what follows is looked at anew. Passwords are read by nobody; long
/// messages are read in part. *Source*: PostgreSQL's manual, "Frontend/Backend Protocol".
final class PostgresqlSession implements StreamParser.Session {

    private static final int MAX_READ = 1 << 16; // octets of a message that are looked at
    private static final int MAX_SETTINGS = 64; // in a login: programs send a handful
    private static final int MAX_FIELDS = 32; // of an error

    private final Connection connection;
    private boolean started;
    private boolean asksTls;
    private boolean confirmed;
    private @Nullable String user;
    private @Nullable String database;
    private @Nullable String application;
    private @Nullable String statement;
    private @Nullable String request;
    private @Nullable String argument;
    private long requested;
    private long rows;
    private @Nullable Boolean success;
    private @Nullable String backend;
    private @Nullable String backendArgument;

    PostgresqlSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public int maxMessage() {
        return 5 + MAX_READ;
    }

    @Override
    public int frame(Bytes head, Side side) {
        if (side == Side.ORIGINATOR && !started) {
            long length = head.peekU32(0);
            return length < 0
                    ? MORE
                    : length < 8 || length > PostgresqlParser.MAX_STARTUP
                            ? MALFORMED
                            : length > head.length() ? MORE : (int) length;
        }
        if (side == Side.RESPONDER && asksTls && head.peek(0) != 'E') {
            return head.length() > 0 ? 1 : MORE;
        }
        long length = head.peekU32(1);
        if (length < 0) {
            return MORE;
        }
        if (length < 4) {
            return MALFORMED;
        }
        int n = 1 + (int) Math.min(length, MAX_READ);
        return n > head.length() ? MORE : n;
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (side == Side.ORIGINATOR && !started) {
            startup(whole);
            return;
        }
        if (side == Side.RESPONDER && asksTls && whole.peek(0) != 'E') {
            tlsAnswer(whole.u8());
            return;
        }
        int type = whole.u8();
        long length = whole.u32();
        if (length > MAX_READ) {
            connection.skip(length - MAX_READ);
        }
        if (side == Side.ORIGINATOR) {
            client(whole, type);
        } else {
            server(whole, type);
        }
    }

    // ---- the beginning

    private void startup(Bytes in) {
        in.skip(4);
        long code = in.u32();
        if (code == PostgresqlParser.SSL_REQUEST || code == PostgresqlParser.GSS_REQUEST) {
            asksTls = true;
            begin(code == PostgresqlParser.SSL_REQUEST ? "ssl_request" : "gssenc_request", null);
            return;
        }
        started = true;
        confirm();
        if (code == PostgresqlParser.CANCEL) {
            begin("cancel_request", null);
            return;
        }
        for (int i = 0; i < MAX_SETTINGS && in.remaining() > 1; i++) {
            String name = text(in);
            String value = text(in);
            switch (name) {
                case "user" -> user = value;
                case "database" -> database = value;
                case "application_name" -> application = value;
                default -> {}
            }
        }
        begin("startup", null);
    }

    private void tlsAnswer(int octet) {
        asksTls = false;
        if (octet != 'S' && octet != 'N' && octet != 'G') {
            return;
        }
        confirm();
        success = octet != 'N';
        backend = "ssl_reply";
        backendArgument = String.valueOf((char) octet);
        finish();
        if (octet != 'N') {
            connection.inner();
        }
    }

    // ---- requests

    private void client(Bytes in, int type) {
        switch (type) {
            case 'Q' -> begin("simple_query", text(in));
            case 'P' -> {
                text(in);
                statement = text(in);
            }
            case 'E' -> {
                if (statement != null) {
                    begin("execute", statement);
                    statement = null;
                }
            }
            case 'F' -> begin("function_call", null);
            case 'X' -> begin("terminate", null);
            default -> {} // passwords, parameters, synchronisation, data
        }
    }

    private void begin(String name, @Nullable String what) {
        finish();
        request = name;
        argument = what;
        requested = connection.now();
    }

    // ---- answers

    private void server(Bytes in, int type) {
        if (request == null) {
            return;
        }
        switch (type) {
            case 'R' -> {
                if (in.u32() == 0) {
                    success = true;
                    backend = "auth_ok";
                }
            }
            case 'E' -> {
                success = false;
                backend = "error";
                backendArgument = error(in);
                if (!started || "startup".equals(request)) {
                    finish();
                }
            }
            case 'D' -> rows++;
            case 'C' -> {
                success = true;
                backend = "command_complete";
                backendArgument = text(in);
            }
            case 'Z' -> finish();
            default -> {} // settings, notices, descriptions
        }
    }

    /// `ERROR: relation "x" does not exist`.
    private static String error(Bytes in) {
        String severity = "";
        String message = "";
        for (int i = 0; i < MAX_FIELDS && in.remaining() > 1; i++) {
            int field = in.u8();
            String value = text(in);
            severity = field == 'S' ? value : severity;
            message = field == 'M' ? value : message;
        }
        return severity + ": " + message;
    }

    /// A text up to a zero, or to the end of what is read.
    private static String text(Bytes in) {
        int from = in.offset();
        int zero = in.indexOf(0, from);
        String text = in.utf8((zero < 0 ? in.length() : zero) - from);
        in.skip(zero < 0 ? 0 : 1);
        return text;
    }

    // ---- ends

    private void confirm() {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
    }

    private void finish() {
        String name = request;
        if (name != null) {
            connection.emit(
                    new Postgresql(
                            requested,
                            connection.now(),
                            connection.uid(),
                            connection.id(),
                            user,
                            database,
                            application,
                            name,
                            argument,
                            success,
                            backend,
                            backendArgument,
                            rows > 0 ? rows : null));
        }
        request = null;
        argument = null;
        success = null;
        backend = null;
        backendArgument = null;
        rows = 0;
    }

    @Override
    public void close() {
        if (confirmed) {
            finish();
        }
    }
}
