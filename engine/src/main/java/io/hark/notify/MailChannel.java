package io.hark.notify;

import io.hark.config.NotifyTarget.Mail;
import io.hark.config.NotifyTarget.Mail.Security;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/// A mail, handed to a server (RFC 5321, 6409; STARTTLS of RFC 3207, TLS at once of RFC 8314; AUTH
/// PLAIN of RFC 4954).
///
/// *Shape*: plain text in UTF-8 and base64, its subject in encoded words (RFC 2047), so that no
/// text of a stranger becomes a header, a line end or the dot that ends a mail. `Message-ID` is the
/// same when it is sent again. Accepted by the server is a delivery.
///
/// Small enough to be our own: one text to one server, where a library for mail brings stores,
/// folders and attachments.
final class MailChannel implements Channel {

    private static final int CHUNK =
            42; // octets of text in one encoded word: 75 characters at most
    private static final String HOST =
            "hark.invalid"; // RFC 2606: our own name is nobody's business

    private static final DateTimeFormatter DATE = // RFC 5322 §3.3
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final Mail target;

    MailChannel(Mail target) {
        this.target = target;
    }

    @Override
    public void send(Notice notice) throws IOException {
        try (Socket plain = Reach.connect(target.address(), target.port())) {
            switch (target.security()) {
                case NONE -> talk(new SmtpDialogue(plain), notice, true);
                case TLS -> {
                    try (SSLSocket secret = secure(plain)) {
                        talk(new SmtpDialogue(secret), notice, true);
                    }
                }
                case STARTTLS -> {
                    SmtpDialogue open = new SmtpDialogue(plain);
                    open.hear('2', "greeting");
                    if (!open.greet(HOST).contains("STARTTLS")) {
                        throw new IOException("the server has no STARTTLS");
                    }
                    open.say("STARTTLS", '2');
                    try (SSLSocket secret = secure(plain)) {
                        talk(new SmtpDialogue(secret), notice, false); // RFC 3207 §4.2: forget
                    }
                }
            }
        }
    }

    private SSLSocket secure(Socket plain) throws IOException {
        return Reach.secure(plain, target.address(), target.authorities());
    }

    private void talk(SmtpDialogue server, Notice notice, boolean greets) throws IOException {
        if (greets) {
            server.hear('2', "greeting");
        }
        server.greet(HOST);
        String user = target.user();
        if (user != null && target.security() != Security.NONE) {
            server.say("AUTH PLAIN " + credentials(user, target.password()), '2', "AUTH");
        }
        server.say("MAIL FROM:<" + target.from() + ">", '2');
        for (String to : target.to()) {
            server.say("RCPT TO:<" + to + ">", '2');
        }
        server.say("DATA", '3');
        for (String line : lines(notice)) {
            server.write(line);
        }
        server.say(".", '2', "DATA");
        server.leave();
    }

    private static String credentials(String user, @Nullable Path password) throws IOException {
        String word = password == null ? "" : Files.readString(password).strip();
        return Base64.getEncoder()
                .encodeToString(('\0' + user + '\0' + word).getBytes(StandardCharsets.UTF_8));
    }

    /// The mail, line by line: headers, an empty line, the text.
    private List<String> lines(Notice notice) {
        String id = notice.id().replaceAll("[^A-Za-z0-9.-]", "-");
        String text = String.join("\r\n", notice.lines()) + "\r\n";
        String body = Base64.getMimeEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        StringBuilder mail = new StringBuilder();
        header(mail, "Date", DATE.format(notice.made().atOffset(ZoneOffset.UTC)));
        header(mail, "From", "<" + target.from() + ">");
        header(mail, "To", "<" + String.join(">,\r\n <", target.to()) + ">");
        header(
                mail,
                "Message-ID",
                "<" + id + "." + notice.made().toEpochMilli() + "@" + HOST + ">");
        header(mail, "Subject", words(notice.subject()));
        header(mail, "Auto-Submitted", "auto-generated"); // RFC 3834 §5: no answers, please
        header(mail, "MIME-Version", "1.0");
        header(mail, "Content-Type", "text/plain; charset=utf-8");
        header(mail, "Content-Transfer-Encoding", "base64");
        return List.of((mail + "\r\n" + body).split("\r\n", -1));
    }

    private static void header(StringBuilder mail, String name, String value) {
        mail.append(name).append(": ").append(value).append("\r\n");
    }

    /// Encoded words, each on a line of its own.
    private static String words(String text) {
        StringBuilder words = new StringBuilder();
        StringBuilder chunk = new StringBuilder();
        int octets = 0;
        for (int at = 0; at < text.length(); ) {
            String character = Character.toString(text.codePointAt(at));
            at += character.length();
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (octets + more > CHUNK) {
                word(words, chunk);
                octets = 0;
            }
            chunk.append(character);
            octets += more;
        }
        word(words, chunk);
        return words.toString();
    }

    private static void word(StringBuilder words, StringBuilder chunk) {
        words.append(words.isEmpty() ? "" : "\r\n ").append("=?UTF-8?B?");
        words.append(
                Base64.getEncoder()
                        .encodeToString(chunk.toString().getBytes(StandardCharsets.UTF_8)));
        words.append("?=");
        chunk.setLength(0);
    }
}
