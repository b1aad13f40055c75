package io.hark.config;

import io.hark.UserError;
import io.hark.config.NotifyTarget.By;
import io.hark.config.NotifyTarget.Kind;
import io.hark.config.NotifyTarget.Mail;
import io.hark.event.Finding.Severity;
import io.hark.schema.Prefix;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads the `notify` part of `hark.yaml`. `docs/reference/hark.md` is made of [#NOTIFY] and
/// [#TARGET].
public final class NotifyPart {

    /// What `notify` may have.
    public static final Map<String, String> NOTIFY = new LinkedHashMap<>();

    /// What an entry of `targets` may have.
    public static final Map<String, String> TARGET = new LinkedHashMap<>();

    static {
        NOTIFY.put("spool", "a folder where what is not delivered yet waits; required");
        NOTIFY.put(
                "give-up",
                "after how long what could not be delivered is given up, and counted; `3d` where it is missing");
        NOTIFY.put("targets", "who is told, a list");
        TARGET.put(
                "kind",
                "`syslog-udp`, `syslog-tcp`, `syslog-tls`, `webhook`, `mail`, `command`; required");
        TARGET.put("name", "what it is called; letters, digits, dashes; required");
        TARGET.put(
                "severity",
                "the least: `low`, `medium`, `high`, `critical`; `high` where it is missing");
        TARGET.put("detectors", "only findings of these");
        TARGET.put("hosts", "only findings one of whose two ends is of these networks");
        TARGET.put(
                "per-minute",
                "the most messages in a minute, what comes beyond goes as one; `10` where it is missing");
        TARGET.put("address", "the server's name or address");
        TARGET.put("port", "its port; 514, of syslog-tls 6514, of mail 587 or, with `tls`, 465");
        TARGET.put(
                "authorities",
                "a file in PEM: who vouches for the server; those Java knows where it is missing");
        TARGET.put("url", "where to POST to");
        TARGET.put("secret", "a file that holds what messages are signed with");
        TARGET.put("security", "`starttls` (also where it is missing), `tls`, `none`");
        TARGET.put("from", "who mails");
        TARGET.put("to", "who gets the mail, one or a list");
        TARGET.put("user", "who logs in at the mail server");
        TARGET.put("password", "a file that holds the password");
        TARGET.put("command", "the program and its arguments, a list: no shell reads them");
        TARGET.put("timeout", "after which it is ended; `30s` where it is missing");
    }

    private static final Set<String> COMMON =
            Set.of("kind", "name", "severity", "detectors", "hosts", "per-minute");

    private static final Map<Kind, Set<String>> KEYS =
            Map.of(
                    Kind.SYSLOG_UDP, Set.of("address", "port"),
                    Kind.SYSLOG_TCP, Set.of("address", "port"),
                    Kind.SYSLOG_TLS, Set.of("address", "port", "authorities"),
                    Kind.WEBHOOK, Set.of("url", "secret", "authorities"),
                    Kind.MAIL,
                            Set.of(
                                    "address",
                                    "port",
                                    "authorities",
                                    "security",
                                    "from",
                                    "to",
                                    "user",
                                    "password"),
                    Kind.COMMAND, Set.of("command", "timeout"));

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final int SYSLOG = 514; // RFC 5426 §3.3; RFC 6587 has no other
    private static final int SYSLOG_TLS = 6514; // RFC 5425 §4.1
    private static final int SUBMISSION = 587; // RFC 6409 §3.1
    private static final int SUBMISSIONS = 465; // RFC 8314 §3.3

    private final Set<String> names = new HashSet<>();

    private NotifyPart() {}

    /// Whether targets of that kind may have the key.
    public static boolean isOf(Kind kind, String key) {
        return COMMON.contains(key) || KEYS.getOrDefault(kind, Set.of()).contains(key);
    }

    static NotifyConfig read(YamlPart part) {
        NotifyPart reader = new NotifyPart();
        List<NotifyTarget> targets = part.parts("targets", TARGET.keySet(), reader::target);
        Path spool = part.path("spool");
        if (spool == null && !targets.isEmpty()) {
            throw part.error("spool", "'spool' is missing: a folder where messages wait");
        }
        return new NotifyConfig(spool, part.duration("give-up", NotifyConfig.GIVE_UP), targets);
    }

    private NotifyTarget target(YamlPart part) {
        Kind kind = kind(part);
        for (String key : TARGET.keySet()) {
            if (part.has(key) && !isOf(kind, key)) {
                throw part.error(key, "a target of " + kind.word() + " has no '" + key + "'");
            }
        }
        String name = part.text("name");
        if (!name.matches("[A-Za-z0-9][A-Za-z0-9-]{0,62}")) { // a folder of that name is made
            throw part.error("name", "'" + name + "' is no name: letters, digits, dashes");
        }
        if (!names.add(name)) {
            throw part.error("name", "there is a target '" + name + "' already");
        }
        return new NotifyTarget(
                name,
                part.choice("severity", Severity.class, Severity.HIGH),
                part.texts("detectors"),
                part.each("hosts", NotifyPart::network),
                part.count("per-minute", NotifyTarget.PER_MINUTE),
                by(kind, part));
    }

    private static Kind kind(YamlPart part) {
        String word = part.text("kind");
        for (Kind kind : Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw part.error(
                "kind",
                "'kind' is one of "
                        + Arrays.stream(Kind.values())
                                .map(Kind::word)
                                .collect(Collectors.joining(", ")));
    }

    private static Prefix network(String text) {
        Prefix prefix = Prefix.parse(text);
        if (prefix == null) {
            throw new UserError("'" + text + "' is no network; write it like 10.0.0.0/8");
        }
        return prefix;
    }

    private static By by(Kind kind, YamlPart part) {
        return switch (kind) {
            case SYSLOG_UDP, SYSLOG_TCP, SYSLOG_TLS ->
                    new NotifyTarget.Syslog(
                            kind,
                            part.text("address"),
                            port(part, kind == Kind.SYSLOG_TLS ? SYSLOG_TLS : SYSLOG),
                            part.path("authorities"));
            case WEBHOOK ->
                    new NotifyTarget.Webhook(
                            url(part), part.path("secret"), part.path("authorities"));
            case MAIL -> mail(part);
            case COMMAND -> {
                List<String> words = part.texts("command");
                if (words.isEmpty()) {
                    throw part.error("command", "'command' needs a program");
                }
                yield new NotifyTarget.Command(words, part.duration("timeout", TIMEOUT));
            }
        };
    }

    private static int port(YamlPart part, int usual) {
        List<Integer> ports = part.ports("port");
        return ports.isEmpty() ? usual : ports.getFirst();
    }

    private static URI url(YamlPart part) {
        String text = part.text("url");
        try {
            URI url = new URI(text);
            String scheme = url.getScheme();
            if (url.getHost() != null && ("https".equals(scheme) || "http".equals(scheme))) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw part.error("url", "'" + text + "' is no URL: " + e.getReason());
        }
        throw part.error("url", "'" + text + "' is no URL; write it like https://host/path");
    }

    private static Mail mail(YamlPart part) {
        Mail.Security security =
                part.choice("security", Mail.Security.class, Mail.Security.STARTTLS);
        String user = part.text("user", null);
        Path password = part.path("password");
        if ((user == null) != (password == null)) {
            throw part.error("user", "'user' and 'password' go together");
        }
        if (user != null && security == Mail.Security.NONE) {
            throw part.error("security", "a password is not sent in the clear: starttls or tls");
        }
        List<String> to = new ArrayList<>();
        for (String one : part.texts("to")) {
            to.add(mailbox(one, part, "to"));
        }
        if (to.isEmpty()) {
            throw part.error("to", "'to' needs a mail address");
        }
        return new Mail(
                part.text("address"),
                port(part, security == Mail.Security.TLS ? SUBMISSIONS : SUBMISSION),
                security,
                mailbox(part.text("from"), part, "from"),
                to,
                user,
                password,
                part.path("authorities"));
    }

    /// `local@domain`, without what could begin another command or header.
    private static String mailbox(@Nullable String text, YamlPart part, String key) {
        if (text == null || !text.matches("[\\x21-\\x7e&&[^<>@,;:\"\\\\]]+@[A-Za-z0-9.-]+")) {
            throw part.error(key, "'" + text + "' is no mail address");
        }
        return text;
    }
}
