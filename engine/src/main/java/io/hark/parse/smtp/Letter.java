package io.hark.parse.smtp;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Decoder;
import io.hark.bytes.Bytes;
import io.hark.carry.Mail;
import io.hark.carry.Mail.Part;
import io.hark.event.Side;
import io.hark.event.Smtp;
import io.hark.format.mail.MailReader;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One mail while it is handed over: becomes an event when the server answered it, or when the next
/// one begins.
final class Letter implements MailReader.Sink {

    static final String SOURCE = "SMTP";
    private static final int MAX_RECIPIENTS = 1000; // RFC 5321 §4.5.3.1.8 asks for 100
    private static final int MAX_ADDRESSES = 1000; // of one header
    private static final int MAX_PATH = 100; // Received headers: RFC 5321 §6.3 ends loops there
    private static final int MAX_FILES = 256; // parts, as the reader bounds them
    private static final int MAX_CARRIED = 4; // parts a decoder is shown: a text and what hangs on

    private final Connection connection;
    private final Side client;
    private final int depth;
    private final List<String> recipients = new ArrayList<>(1);
    private final List<String> fuids = new ArrayList<>(1);
    private final List<String> attachments = new ArrayList<>(1);
    private final List<Addr> path = new ArrayList<>(2);
    private long ts;
    private final List<Part> parts = new ArrayList<>(1); // for a decoder that wants them
    private boolean asked;
    private boolean wanted;
    private boolean cut;
    private @Nullable Body body;
    private String filename = "";
    private @Nullable String sender;
    private @Nullable String date;
    private @Nullable String from;
    private @Nullable List<String> to;
    private @Nullable List<String> cc;
    private @Nullable String replyTo;
    private @Nullable String messageId;
    private @Nullable String inReplyTo;
    private @Nullable String subject;
    private @Nullable Addr originatingIp;
    private @Nullable String firstReceived;
    private @Nullable String secondReceived;
    private @Nullable String userAgent;
    @Nullable String helo;
    @Nullable String lastReply;
    boolean tls;

    /// Whether the mail itself was sent to its end; null before it begins.
    @Nullable Boolean complete;

    Letter(Connection connection, Side client, int depth) {
        this.connection = connection;
        this.client = client;
        this.depth = depth;
        path.add(connection.id().host(client.other()));
        path.add(connection.id().host(client));
    }

    /// The client did something about it.
    void touch() {
        if (ts == 0) {
            ts = connection.now();
        }
    }

    boolean isTouched() {
        return ts != 0;
    }

    void sender(String address) {
        touch();
        sender = address;
    }

    boolean hasSender() {
        return sender != null;
    }

    void recipient(String address) {
        touch();
        if (recipients.size() < MAX_RECIPIENTS && !recipients.contains(address)) {
            recipients.add(address);
        }
    }

    boolean hasRecipient() {
        return !recipients.isEmpty();
    }

    // ---- the mail itself

    @Override
    public void header(String name, String value) {
        switch (name) {
            case "DATE" -> date = value;
            case "FROM" -> from = value;
            case "TO" -> to = addresses(to, value);
            case "CC" -> cc = addresses(cc, value);
            case "REPLY-TO" -> replyTo = value;
            case "MESSAGE-ID" -> messageId = value;
            case "IN-REPLY-TO" -> inReplyTo = value;
            case "SUBJECT" -> subject = value;
            case "X-ORIGINATING-IP" -> originatingIp = Addr.parse(value.replaceAll("[\\[\\]]", ""));
            case "USER-AGENT", "X-MAILER" -> userAgent = value;
            case "RECEIVED" -> {
                secondReceived = firstReceived;
                firstReceived = value;
                trace(value);
            }
            default -> {}
        }
    }

    /// The addresses of a list, told apart by commas outside quotes and brackets.
    private static List<String> addresses(@Nullable List<String> known, String value) {
        List<String> all = known == null ? new ArrayList<>(1) : known;
        boolean quoted = false;
        int start = 0;
        for (int i = 0; i <= value.length() && all.size() < MAX_ADDRESSES; i++) {
            boolean end = i == value.length();
            quoted ^= !end && value.charAt(i) == '"';
            if (end || value.charAt(i) == ',' && !quoted) {
                String address = value.substring(start, i).strip();
                if (!address.isEmpty() && !all.contains(address)) {
                    all.add(address);
                }
                start = i + 1;
            }
        }
        return all;
    }

    /// Follows the mail back by what its Received headers say.
    private void trace(String value) {
        Addr found = path.size() < MAX_PATH ? ReceivedAddress.of(value) : null;
        if (found != null && !path.getLast().equals(found)) {
            path.add(found);
        }
    }

    @Override
    public void begin(@Nullable String filename) {
        Body fresh = connection.body(client, SOURCE, filename, null, -1);
        body = fresh;
        this.filename = filename == null ? "" : filename;
        if (!asked) {
            asked = true;
            wanted = connection.isTasted(Decoder.Carrier.MAIL) && connection.wants(mail());
        }
        if (wanted && parts.size() < MAX_CARRIED) {
            fresh.keep(Body.MAX_KEPT);
        }
        if (fuids.size() < MAX_FILES) {
            fuids.add(fresh.fuid());
            if (filename != null) {
                attachments.add(filename);
            }
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
            if (wanted && parts.size() < MAX_CARRIED) {
                parts.add(new Part(filename, body.kept()));
                cut |= !body.isWhole();
            } else {
                cut = true;
            }
            body = null;
        }
    }

    private Mail mail() {
        return new Mail(
                connection.now(),
                connection.uid(),
                connection.id(),
                "",
                depth - 1,
                sender == null ? "" : sender,
                recipients,
                subject == null ? "" : subject,
                parts,
                !cut);
    }

    @Override
    public void anomaly(String name) {
        connection.anomaly(name, null);
    }

    // ---- what comes of it

    void emit() {
        if (wanted) {
            connection.offer(mail());
        }
        connection.emit(
                new Smtp(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        depth,
                        helo,
                        sender,
                        recipients.isEmpty() ? null : List.copyOf(recipients),
                        date,
                        from,
                        to == null ? null : List.copyOf(to),
                        cc == null ? null : List.copyOf(cc),
                        replyTo,
                        messageId,
                        inReplyTo,
                        subject,
                        originatingIp,
                        firstReceived,
                        secondReceived,
                        lastReply,
                        List.copyOf(path),
                        userAgent,
                        tls,
                        fuids.isEmpty() ? null : List.copyOf(fuids),
                        attachments.isEmpty() ? null : List.copyOf(attachments),
                        complete));
    }
}
