package io.hark.parse.mailbox;

import io.hark.Body;
import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Mailbox;
import io.hark.event.Side;
import io.hark.format.mail.MailReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What is gathered about one connection to a mailbox.
final class Visit implements MailReader.Sink {

    private static final int MAX_FOLDERS = 64; // named; a client opens a few
    private static final int MAX_FILES = 1000; // ids told; the files themselves all are
    private static final int MAX_TEXT = 1024; // characters of a greeting or a name

    private final Connection connection;
    private final String proto;
    private final long ts;
    private final List<String> folders = new ArrayList<>(1);
    private final List<String> fuids = new ArrayList<>(1);
    private @Nullable MailReader mail;
    private @Nullable Side sender;
    private @Nullable Body body;
    private boolean confirmed;
    private @Nullable String greeting;
    private @Nullable String user;
    private @Nullable String auth;
    private boolean success;
    private int failures;
    private int fetched;
    private int stored;
    int deleted;
    boolean tls;

    Visit(Connection connection, String proto) {
        this.connection = connection;
        this.proto = proto;
        this.ts = connection.now();
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }

    void confirm() {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
    }

    boolean isConfirmed() {
        return confirmed;
    }

    void greeting(String text) {
        greeting = greeting == null ? cut(text) : greeting;
    }

    /// Somebody tries to get in; a name or way that is not known yet is null.
    void tries(@Nullable String name, @Nullable String how) {
        user = name == null ? user : cut(name);
        auth = how == null ? auth : cut(how);
    }

    void answered(boolean letIn) {
        success |= letIn;
        failures += letIn ? 0 : 1;
    }

    void opens(String folder) {
        if (folders.size() < MAX_FOLDERS && !folders.contains(cut(folder))) {
            folders.add(cut(folder));
        }
    }

    // ---- mails

    /// A mail begins that this side sends.
    void mail(Side from, boolean isStored) {
        endMail();
        fetched += isStored ? 0 : 1;
        stored += isStored ? 1 : 0;
        sender = from;
        mail = new MailReader(this);
    }

    void line(Bytes line) {
        if (mail != null) {
            mail.line(line);
        }
    }

    void lose(long octets) {
        if (mail != null) {
            mail.lose(octets);
        }
    }

    void endMail() {
        if (mail != null) {
            mail.end();
            mail = null;
        }
    }

    @Override
    public void header(String name, String value) {}

    @Override
    public void begin(@Nullable String filename) {
        Side from = sender == null ? Side.RESPONDER : sender;
        Body fresh =
                connection.body(from, proto.equals("imap") ? "IMAP" : "POP3", filename, null, -1);
        body = fresh;
        if (fuids.size() < MAX_FILES) {
            fuids.add(fresh.fuid());
        }
    }

    @Override
    public void content(Bytes piece) {
        if (body != null) {
            body.take(piece);
        }
    }

    @Override
    public void lost(long octets) {
        if (body != null) {
            body.lose(octets);
        }
    }

    @Override
    public void end() {
        if (body != null) {
            body.end();
            body = null;
        }
    }

    @Override
    public void anomaly(String name) {
        connection.anomaly(name, null);
    }

    // ---- what comes of it

    void close() {
        endMail();
        if (!confirmed) {
            return;
        }
        connection.emit(
                new Mailbox(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        proto,
                        greeting,
                        user,
                        auth,
                        success || failures > 0 ? success : null,
                        failures,
                        folders.isEmpty() ? null : List.copyOf(folders),
                        fetched,
                        stored,
                        deleted,
                        tls,
                        fuids.isEmpty() ? null : List.copyOf(fuids)));
    }
}
