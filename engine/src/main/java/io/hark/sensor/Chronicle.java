package io.hark.sensor;

import io.hark.event.Anomaly;
import io.hark.event.Conn;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Http;
import io.hark.event.Ssl;
import io.hark.schema.Addr;
import io.hark.sensor.Summary.Tally;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What a page with pictures shows beyond the [Summary]: volume over time, servers that speak TLS,
/// notable files, names that were asked for, an example of each anomaly.
///
/// Every table has a limit; what comes behind it is counted where a count is shown.
///
/// *Thread*: the merge's; read when the analysis is over.
public final class Chronicle {

    private static final int MAX_SERVERS = 1 << 12; // a day of a site's TLS
    private static final int MAX_WORDS =
            1 << 12; // names asked for, sites, agents: a page shows few
    private static final int MAX_FILES = 60; // as many as somebody reads
    private static final int MAX_ODDITIES = 1 << 9; // names of anomalies
    private static final int MAX_WORD = 256; // characters; RFC 1035 §2.3.4 allows names 255

    /// A server that was spoken to by TLS.
    ///
    /// @param resp its address
    /// @param port its port
    /// @param name what clients called it
    public record Server(Addr resp, int port, @Nullable String name) {}

    /// What was seen of a server's handshakes.
    public static final class Handshakes {
        /// The first that tells of the server's choice, or the first.
        public Ssl example;

        /// How many.
        public long count;

        /// How many completed.
        public long established;

        private Handshakes(Ssl example) {
            this.example = example;
        }

        private void add(Ssl ssl) {
            count++;
            established += ssl.established() ? 1 : 0;
            if (example.cipher() == null && ssl.cipher() != null) {
                example = ssl;
            }
        }
    }

    /// An anomaly that happened, and how often.
    public static final class Oddity {
        /// The first.
        public final Anomaly first;

        /// How often.
        public long count;

        private Oddity(Anomaly first) {
            this.first = first;
        }
    }

    /// A file, and how often one of the same digest went by.
    public static final class Exhibit {
        /// The first of them.
        public final FileSeen first;

        /// How many there were.
        public long count;

        private final int notability;

        private Exhibit(FileSeen first, int notability) {
            this.first = first;
            this.notability = notability;
        }

        /// Whether it is more than one of many bodies: it runs, wraps something, or has a name.
        public boolean isNotable() {
            return notability > 0;
        }
    }

    /// What two files that are one have in common.
    private static String sameness(FileSeen file) {
        String digest = file.sha256() == null ? file.sha1() : file.sha256();
        return digest == null ? file.fuid() : digest;
    }

    private static final Comparator<Exhibit> NOTABLE_FIRST =
            Comparator.comparingInt((Exhibit e) -> e.notability)
                    .thenComparingLong(e -> e.first.seen_bytes())
                    .reversed()
                    .thenComparingLong(e -> e.first.ts())
                    .thenComparing(e -> e.first.fuid());

    private final Volume volume = new Volume();
    private final Map<Server, Handshakes> servers = new HashMap<>();
    private final Map<String, Tally> asked = new HashMap<>();
    private final Map<String, Tally> refused = new HashMap<>();
    private final Map<String, Tally> sites = new HashMap<>();
    private final Map<String, Tally> agents = new HashMap<>();
    private final Map<String, Integer> notabilities = new HashMap<>(); // of types: a few dozen
    private final Map<String, Oddity> oddities = new LinkedHashMap<>();
    private final TreeSet<Exhibit> files = new TreeSet<>(NOTABLE_FIRST);
    private final Map<String, Exhibit> same = new HashMap<>(); // those in `files`
    private long otherHandshakes;

    void event(Event event) {
        switch (event) {
            case Ssl ssl -> ssl(ssl);
            case Http http -> http(http);
            case Dns dns -> dns(dns);
            case FileSeen file -> file(file);
            case Anomaly anomaly -> anomaly(anomaly);
            default -> {}
        }
    }

    void conn(Conn conn, String service, long payload) {
        volume.add(conn, service, payload);
    }

    private void ssl(Ssl ssl) {
        String name = ssl.server_name();
        Server server =
                new Server(ssl.id().resp_h(), ssl.id().resp_p(), name == null ? null : cut(name));
        Handshakes of = servers.get(server);
        if (of == null) {
            if (servers.size() >= MAX_SERVERS) {
                otherHandshakes++;
                return;
            }
            of = new Handshakes(ssl);
            servers.put(server, of);
        }
        of.add(ssl);
    }

    private void http(Http http) {
        String host = http.host();
        count(
                sites,
                host == null || host.isEmpty() ? http.id().resp_h().toString() : host,
                http.request_body_len() + http.response_body_len());
        String agent = http.user_agent();
        if (agent != null) {
            count(agents, agent, 0);
        }
    }

    private void dns(Dns dns) {
        String query = dns.query();
        if (query == null || query.isEmpty()) {
            return;
        }
        count(asked, query, 0);
        Integer rcode = dns.rcode();
        if (rcode != null && rcode != 0) {
            count(refused, query, 0);
        }
    }

    private static void count(Map<String, Tally> tallies, String word, long bytes) {
        String kept = cut(word);
        Tally tally = tallies.get(kept);
        if (tally == null) {
            if (tallies.size() >= MAX_WORDS) {
                return;
            }
            tally = new Tally();
            tallies.put(kept, tally);
        }
        tally.add(bytes);
    }

    private static String cut(String word) {
        return word.length() <= MAX_WORD ? word : word.substring(0, MAX_WORD);
    }

    private void file(FileSeen file) {
        String sameness = sameness(file);
        Exhibit known = same.get(sameness);
        if (known != null) {
            known.count++;
            return;
        }
        Exhibit exhibit = new Exhibit(file, notability(file));
        if (files.size() < MAX_FILES || NOTABLE_FIRST.compare(exhibit, files.last()) < 0) {
            exhibit.count = 1;
            files.add(exhibit);
            same.put(sameness, exhibit);
            if (files.size() > MAX_FILES) {
                same.remove(sameness(files.removeLast().first));
            }
        }
    }

    /// What runs goes before what wraps, that before what was given a name.
    private int notability(FileSeen file) {
        String type = file.mime_type();
        int ofType = type == null ? 0 : notabilities.computeIfAbsent(type, t -> notability(t));
        return ofType == 0 && file.filename() != null ? 1 : ofType;
    }

    private static int notability(String type) {
        if (type.contains("executable")
                || type.contains("dosexec")
                || type.contains("x-mach")
                || type.contains("x-sharedlib")
                || type.contains("java-archive")
                || type.contains("x-shellscript")) {
            return 3;
        } else if (type.contains("zip")
                || type.contains("rar")
                || type.contains("7z")
                || type.contains("cab")
                || type.contains("msword")
                || type.contains("officedocument")
                || type.contains("octet-stream")
                || type.contains("x-dmp")) {
            return 2;
        }
        return 0;
    }

    private void anomaly(Anomaly anomaly) {
        Oddity oddity = oddities.get(anomaly.name());
        if (oddity == null) {
            if (oddities.size() >= MAX_ODDITIES) {
                return;
            }
            oddity = new Oddity(anomaly);
            oddities.put(anomaly.name(), oddity);
        }
        oddity.count++;
    }

    /// How much was said when.
    public Volume volume() {
        return volume;
    }

    /// Servers that were spoken to by TLS.
    public Map<Server, Handshakes> servers() {
        return servers;
    }

    /// Handshakes with further servers.
    public long otherHandshakes() {
        return otherHandshakes;
    }

    /// Names asked for by DNS, in the order of the alphabet, as all words here.
    public Map<String, Tally> asked() {
        return new TreeMap<>(asked);
    }

    /// Those of them that were refused, or are none.
    public Map<String, Tally> refused() {
        return refused;
    }

    /// HTTP requests by site: what the client called the server, else its address.
    public Map<String, Tally> sites() {
        return new TreeMap<>(sites);
    }

    /// HTTP requests by what the client called itself.
    public Map<String, Tally> agents() {
        return new TreeMap<>(agents);
    }

    /// Anomalies with an example, in the order they were first seen.
    public List<Oddity> oddities() {
        return new ArrayList<>(oddities.values());
    }

    /// The most notable files: what runs, what wraps, what has a name, the largest.
    public List<Exhibit> files() {
        return List.copyOf(files);
    }
}
