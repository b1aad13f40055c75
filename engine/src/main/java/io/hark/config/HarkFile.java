package io.hark.config;

import static java.util.stream.Collectors.joining;

import io.hark.UserError;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `hark.yaml`. `docs/reference/hark.md` is made of [#FILE], [#COLLECT] and [#LISTENER].
///
/// *Errors*: a key that is not known, or not of that kind, a value of the wrong form: a [UserError]
/// with file and line.
public final class HarkFile {

    /// What the file may have, and what it is.
    public static final Map<String, String> FILE =
            words(
                    "collect", "what `hark collect` receives, and where it goes",
                    "notify", "who is told of findings",
                    "monitor", "what `hark monitor` captures, and how it serves");

    /// What `collect` may have.
    public static final Map<String, String> COLLECT =
            words(
                    "out", "the lake, a folder; `--out` goes before it",
                    "roll",
                            "how often files of events are finished and can be queried; `1m` where it is missing",
                    "journal",
                            "the most octets of what was taken and is not in the lake yet, from `16MB`; `2GB` where it is missing",
                    "silence",
                            "after how long without a word a source counts as silent; `10m` where it is missing",
                    "listeners", "where logs and flow exports come in, a list");

    /// What an entry of `listeners` may have.
    public static final Map<String, String> LISTENER =
            words(
                    "kind", "what comes and how, of the table below; required",
                    "name",
                            "what its sources are called by, `NAME/PEER`; `KIND-PORT` where it is missing",
                    "address", "the address to listen at; all of the machine's where it is missing",
                    "port", "the port; that which the kind usually has where it is missing",
                    "log-zone",
                            "where the clocks stand of senders whose times have no zone: `Europe/Berlin`, `+02:00`; UTC where it is missing",
                    "silence", "as in `collect`, for the sources of this one",
                    "line",
                            "octets of one message; what is longer is cut, and counted; `262144` where it is missing",
                    "connections", "connections at once; `1024` where it is missing",
                    "per-source", "connections at once from one address; `128` where it is missing",
                    "certificate",
                            "a file in PEM: the certificate shown to clients, then those that vouch for it",
                    "key",
                            "a file in PEM: the private key of the certificate, without a passphrase",
                    "clients",
                            "a file in PEM: who vouches for clients, which then have to show a certificate",
                    "token", "a file that holds what clients have to send as their bearer token",
                    "paths", "files, folders and patterns (`/var/log/*.log`) to follow");

    private static final Map<Listener.Kind, Set<String>> KEYS =
            Map.of(
                    Listener.Kind.SYSLOG_UDP, keys("address", "port", "line"),
                    Listener.Kind.SYSLOG_TCP,
                            keys("address", "port", "line", "connections", "per-source"),
                    Listener.Kind.SYSLOG_TLS,
                            keys(
                                    "address",
                                    "port",
                                    "line",
                                    "connections",
                                    "per-source",
                                    "certificate",
                                    "key",
                                    "clients"),
                    Listener.Kind.FLOWS_UDP, keys("address", "port"),
                    Listener.Kind.HTTPS,
                            keys(
                                    "address",
                                    "port",
                                    "connections",
                                    "certificate",
                                    "key",
                                    "clients",
                                    "token"),
                    Listener.Kind.SENSORS, keys("address", "port", "connections"),
                    Listener.Kind.FILES, keys("paths"));

    private final Set<String> names = new HashSet<>();

    private HarkFile() {}

    private static Map<String, String> words(String... pairs) {
        Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            words.put(pairs[i], pairs[i + 1]);
        }
        return words;
    }

    private static Set<String> keys(String... more) {
        Set<String> keys = new HashSet<>(Set.of("kind", "name", "log-zone", "silence"));
        keys.addAll(Arrays.asList(more));
        return keys;
    }

    /// Whether listeners of that kind may have the key.
    public static boolean isOf(Listener.Kind kind, String key) {
        return KEYS.getOrDefault(kind, Set.of()).contains(key);
    }

    /// The port that a kind usually has; 0 for none.
    public static int usualPort(Listener.Kind kind) {
        return switch (kind) {
            case SYSLOG_UDP, SYSLOG_TCP -> 514;
            case SYSLOG_TLS -> 6514;
            case FLOWS_UDP -> 2055;
            case HTTPS -> 8443;
            case SENSORS -> 8444;
            case FILES -> 0;
        };
    }

    static HarkConfig read(Path file) {
        YamlPart all = YamlPart.of(file, FILE.keySet());
        HarkFile reader = new HarkFile();
        return new HarkConfig(
                all.part("collect", COLLECT.keySet(), reader::collect)
                        .orElseGet(() -> CollectConfig.of(List.of())),
                all.part("notify", NotifyPart.NOTIFY.keySet(), NotifyPart::read)
                        .orElse(NotifyConfig.NONE),
                all.part("monitor", MonitorPart.MONITOR.keySet(), MonitorPart::read)
                        .orElse(MonitorConfig.NONE));
    }

    private CollectConfig collect(YamlPart part) {
        long journal = part.bytes("journal", CollectConfig.JOURNAL);
        if (journal < CollectConfig.LEAST_JOURNAL) {
            throw part.error("journal", "'journal' needs 16MB at least");
        }
        return new CollectConfig(
                part.path("out"),
                part.duration("roll", CollectConfig.ROLL),
                journal,
                part.duration("silence", CollectConfig.SILENCE),
                part.parts("listeners", LISTENER.keySet(), this::listener));
    }

    private Listener listener(YamlPart part) {
        Listener.Kind kind = kind(part.text("kind"), part);
        for (String key : LISTENER.keySet()) {
            if (part.has(key) && !isOf(kind, key)) {
                throw part.error(key, "a listener of " + kind.word() + " has no '" + key + "'");
            }
        }
        List<String> paths = part.texts("paths");
        if (kind == Listener.Kind.FILES && paths.isEmpty()) {
            throw part.error("paths", "'paths' needs a file, folder or pattern at least");
        }
        int port = port(part, kind);
        String usual = kind == Listener.Kind.FILES ? kind.word() : kind.word() + "-" + port;
        Listener.Limits usually = Listener.Limits.DEFAULT;
        Listener listener =
                new Listener(
                        kind,
                        name(part, usual),
                        part.one("address", text -> text, ""),
                        port,
                        part.one("log-zone", HarkFile::zone, ZoneOffset.UTC),
                        part.has("silence") ? part.duration("silence", Duration.ZERO) : null,
                        new Listener.Limits(
                                line(part),
                                part.count("connections", usually.connections()),
                                part.count("per-source", usually.perSource())),
                        tls(part, kind),
                        part.path("token"),
                        paths);
        Listener.Tls tls = listener.tls();
        if (kind == Listener.Kind.HTTPS
                && listener.token() == null
                && (tls == null || tls.clients() == null)) {
            throw part.error("kind", "anybody could post here: give a 'token', or 'clients'");
        }
        return listener;
    }

    private static Listener.Kind kind(String word, YamlPart part) {
        for (Listener.Kind kind : Listener.Kind.values()) {
            if (kind.word().equals(word)) {
                return kind;
            }
        }
        throw part.error(
                "kind",
                "'kind' is one of "
                        + Arrays.stream(Listener.Kind.values())
                                .map(Listener.Kind::word)
                                .collect(joining(", ")));
    }

    private static int port(YamlPart part, Listener.Kind kind) {
        List<Integer> ports = part.ports("port");
        if (ports.size() > 1) {
            throw part.error("port", "a listener has one port");
        }
        return ports.isEmpty() ? usualPort(kind) : ports.getFirst();
    }

    /// A name that no listener before has: state is kept by it.
    private String name(YamlPart part, String usual) {
        String name = part.one("name", text -> text, usual);
        if (!name.matches("[A-Za-z0-9._-]{1,64}")) {
            throw part.error("name", "a name is of 1 to 64 letters, digits, '.', '_' and '-'");
        }
        if (!names.add(name)) {
            throw part.error("name", "there is a listener '" + name + "' already: name this one");
        }
        return name;
    }

    private static int line(YamlPart part) {
        int usual = Listener.Limits.DEFAULT.line();
        long line = part.bytes("line", usual);
        if (line < 480 || line > usual) { // RFC 5424 §6.1: what every receiver has to take
            throw part.error("line", "'line' is from 480 to " + usual);
        }
        return (int) line;
    }

    private static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            throw new UserError(
                    "there is no time zone '" + text + "'; write one as Europe/Berlin or +02:00",
                    e);
        }
    }

    private static Listener.@Nullable Tls tls(YamlPart part, Listener.Kind kind) {
        Path certificate = part.path("certificate");
        Path key = part.path("key");
        if (certificate != null && key != null) {
            return new Listener.Tls(certificate, key, part.path("clients"));
        }
        if (kind == Listener.Kind.SYSLOG_TLS || kind == Listener.Kind.HTTPS) {
            String missing = certificate == null ? "certificate" : "key";
            throw part.error(missing, "'" + missing + "' is missing: " + LISTENER.get(missing));
        }
        return null;
    }
}
