package io.hark.sensor;

import io.hark.Secret;
import io.hark.engagement.Networks;
import io.hark.engagement.Suppressions;
import io.hark.event.Anomaly;
import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.event.Ssl;
import io.hark.lines.LogTally;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What a report is made of, gathered as the events go by: hosts, pairs, services, files,
/// anomalies, findings, conversations.
///
/// Every table has a limit; what comes behind it is counted, not told apart.
///
/// *Thread*: the merge's; read when the analysis is over.
public final class Summary {

    private static final int MAX_PAIRS = 1 << 17; // a day of a site of a thousand hosts
    private static final int MAX_WORDS = 1 << 10; // services, types of files, names of anomalies
    private static final int MAX_PAIR_SERVICES = 16; // of one pair; a scan has one a port
    private static final int FEW_EMPTY = 2; // calls that came to nothing: every pair may have some
    private static final int MAX_COUNTED = 1 << 10; // pairs whose ports are counted: 8 MB at most
    private static final int MAX_NOTABLE = 1 << 10; // files told one by one
    private static final int MAX_CLOSED = 1 << 12; // conversations nobody could read

    /// Findings that are kept: what a person may read of weeks; of more the oldest go, which the
    /// store still has.
    private static final int MAX_FINDINGS = 1 << 14;

    private static final String OTHER_TRANSPORT = "other IP protocol"; // not TCP, UDP, ICMP, SCTP

    /// How often something was seen, and how many bytes it had.
    public static final class Tally {
        /// How often.
        public long count;

        /// Payload bytes.
        public long bytes;

        void add(long more) {
            count++;
            bytes += more;
        }
    }

    /// What one host sent to and took from another.
    public static final class Pair {
        /// Connections.
        public long conns;

        /// Those of them by TCP that carried nothing: refused, not answered, only tried.
        public long empty;

        /// Payload bytes from the originator.
        public long origBytes;

        /// Payload bytes from the responder.
        public long respBytes;

        /// Payload bytes known to be missing, of both.
        public long missedBytes;

        /// Time of the first packet, nanoseconds.
        public long first = Long.MAX_VALUE;

        /// Time of the last, nanoseconds.
        public long last = Long.MIN_VALUE;

        /// Connections by service, or by `port/proto` where none is known.
        public final Map<String, Long> services = new HashMap<>(2);

        private int early; // the ports of the first two empty ones: more, few pairs have
        private @Nullable BitSet ports;

        /// At how many ports the empty ones were; 0 for a few, or where that is not counted.
        public int emptyPorts() {
            return ports == null ? 0 : ports.cardinality();
        }
    }

    /// Who talks to whom.
    ///
    /// @param orig who opens the connections
    /// @param resp who is called
    public record Hosts(Addr orig, Addr resp) {}

    /// A conversation that was recognised but could not be read.
    ///
    /// @param decoder who would read it
    /// @param id its endpoints
    /// @param secrets the kinds of secret that would open it
    /// @param why what is missing
    public record Closed(String decoder, Endpoints id, List<Secret.Kind> secrets, String why) {

        /// Keeps its own copy.
        public Closed {
            secrets = List.copyOf(secrets);
        }
    }

    private final Map<Hosts, Pair> pairs = new HashMap<>();
    private final HostNames names = new HostNames();
    private final Map<String, Tally> services = new TreeMap<>();
    private final Map<String, Tally> files = new TreeMap<>();
    private final List<FileSeen> notable = new ArrayList<>();
    private final Map<String, Tally> anomalies = new TreeMap<>();
    private final Map<String, Tally> tunnels = new TreeMap<>();
    private final Map<String, Tally> encrypted = new TreeMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Recap recap = new Recap();
    private final List<Closed> closed = new ArrayList<>();
    private long otherFindings;
    private Assessment assessment = Assessment.NONE;
    private final Chronicle chronicle = new Chronicle();
    private final LogTally logs = new LogTally();
    private final Requests requests = new Requests();
    private int counted; // pairs whose ports are
    private long otherConns;
    private long payloadBytes;
    private long missedBytes;
    private long incomplete;

    void event(Event event) {
        chronicle.event(event);
        names.event(event);
        requests.event(event);
        switch (event) {
            case Conn conn -> conn(conn);
            case FileSeen file -> file(file);
            case Anomaly anomaly -> tally(anomalies, anomaly.name()).add(0);
            case Finding finding -> finding(finding);
            case Message message -> recap.message(message);
            case Ssl ssl -> tally(encrypted, encryption(ssl)).add(0);
            default -> {}
        }
    }

    private void finding(Finding finding) {
        boolean another = findings.put(finding.id(), finding) == null;
        if (another && findings.size() > MAX_FINDINGS) {
            findings.remove(findings.keySet().iterator().next());
            otherFindings++;
        }
    }

    /// Notes a conversation that no secret opened.
    void closed(Closed conversation) {
        if (closed.size() < MAX_CLOSED) {
            closed.add(conversation);
        }
    }

    private void conn(Conn conn) {
        long up = conn.origPayload();
        long down = conn.respPayload();
        payloadBytes += up + down;
        missedBytes += conn.missed_bytes();
        incomplete += conn.missed_bytes() > 0 ? 1 : 0;
        String service = conn.service();
        String spoken = service == null ? transport(conn.proto()) : service;
        tally(services, spoken).add(up + down);
        chronicle.conn(conn, spoken, up + down);
        String tunnel = conn.tunnel();
        if (tunnel != null) {
            tally(tunnels, tunnel).add(up + down);
        }
        Pair pair = pair(new Hosts(conn.id().orig_h(), conn.id().resp_h()));
        if (pair == null) {
            otherConns++;
            return;
        }
        pair.conns++;
        pair.origBytes += up;
        pair.respBytes += down;
        pair.missedBytes += conn.missed_bytes();
        Long duration = conn.duration();
        pair.first = Math.min(pair.first, conn.ts());
        pair.last = Math.max(pair.last, conn.ts() + (duration == null ? 0 : duration));
        String word = service == null ? port(conn) : service;
        if (pair.services.size() < MAX_PAIR_SERVICES || pair.services.containsKey(word)) {
            pair.services.merge(word, 1L, Long::sum);
        }
        if (up + down == 0 && conn.proto().equals("tcp")) {
            empty(pair, conn.id().resp_p());
        }
    }

    /// Counts a call that came to nothing, and its port: a scan is known by them.
    private void empty(Pair pair, int port) {
        pair.empty++;
        if (pair.empty <= FEW_EMPTY) {
            pair.early = pair.early << 16 | port & 0xffff;
        } else if (pair.ports == null && counted < MAX_COUNTED) {
            counted++;
            pair.ports = new BitSet();
            pair.ports.set(pair.early >>> 16);
            pair.ports.set(pair.early & 0xffff);
        }
        if (pair.ports != null) {
            pair.ports.set(port & 0xffff);
        }
    }

    /// Version and how its keys are agreed on: what decides which secret opens it.
    private static String encryption(Ssl ssl) {
        String version = ssl.version() == null ? "TLS" : ssl.version();
        String cipher = ssl.cipher();
        boolean bare = cipher != null && cipher.startsWith("TLS_RSA_");
        return version + (bare ? " with RSA key exchange" : "");
    }

    /// How complete the data under a finding is: the share of the payload between its hosts that is
    /// not known to be missing, by the connections that ended so far; of all payload, where they
    /// have none.
    double completeness(Finding finding) {
        Pair pair = pairs.get(new Hosts(finding.orig_h(), finding.resp_h()));
        return pair == null
                ? 1 - share(missedBytes, payloadBytes)
                : 1 - share(pair.missedBytes, pair.origBytes + pair.respBytes);
    }

    /// The share of payload bytes known to be missing; sizes by sequence numbers hold the missing.
    static double share(long missed, long payload) {
        return missed == 0 ? 0 : (double) missed / Math.max(missed, payload);
    }

    /// What is said of a connection whose protocol no parser knew.
    private static String transport(String proto) {
        return switch (proto) {
            case "unknown_transport" -> OTHER_TRANSPORT;
            case "icmp" -> "icmp";
            default -> "unknown " + proto;
        };
    }

    private static String port(Conn conn) {
        return switch (conn.proto()) {
            case "unknown_transport" -> OTHER_TRANSPORT;
            case "icmp" -> "icmp";
            default -> conn.id().resp_p() + "/" + conn.proto();
        };
    }

    private @Nullable Pair pair(Hosts hosts) {
        Pair pair = pairs.get(hosts);
        if (pair == null && pairs.size() < MAX_PAIRS) {
            pair = new Pair();
            pairs.put(hosts, pair);
        }
        return pair;
    }

    private void file(FileSeen file) {
        String type = file.mime_type();
        boolean isText = type == null || type.startsWith("text/") || type.startsWith("image/");
        if ((!isText || file.filename() != null) && notable.size() < MAX_NOTABLE) {
            notable.add(file);
        }
        tally(files, type == null ? "unknown type" : type).add(file.seen_bytes());
    }

    private static Tally tally(Map<String, Tally> tallies, String word) {
        boolean known = tallies.containsKey(word) || tallies.size() < MAX_WORDS;
        return tallies.computeIfAbsent(known ? word : "others", _ -> new Tally());
    }

    /// Traffic by pair of hosts.
    public Map<Hosts, Pair> pairs() {
        return pairs;
    }

    /// Connections of pairs that are not told apart.
    public long otherConns() {
        return otherConns;
    }

    /// The name of a host: as a connection to it or an answer that gave its address had it.
    public @Nullable String name(Addr host) {
        HostName name = names.of(host);
        return name == null ? null : name.text();
    }

    /// The same, and how it is known.
    public @Nullable HostName hostName(Addr host) {
        return names.of(host);
    }

    /// Connections by service; what no parser knew by its transport.
    public Map<String, Tally> services() {
        return services;
    }

    /// Files by type.
    public Map<String, Tally> files() {
        return files;
    }

    /// The first files that have a name, or are neither text nor picture.
    public List<FileSeen> notableFiles() {
        return List.copyOf(notable);
    }

    /// Anomalies by name.
    public Map<String, Tally> anomalies() {
        return anomalies;
    }

    /// Connections by the tunnel around them.
    public Map<String, Tally> tunnels() {
        return tunnels;
    }

    /// TLS handshakes by version; apart those whose keys a private RSA key opens.
    public Map<String, Tally> encrypted() {
        return encrypted;
    }

    /// Findings, last revisions only, in the order they were first made.
    public List<Finding> findings() {
        return findings.values().stream()
                .map(finding -> finding.completeness(completeness(finding)))
                .toList();
    }

    /// Says what the findings so far amount to.
    void assess(Networks local, Suppressions suppressions) {
        assessment = Assessment.of(findings(), local, suppressions);
    }

    /// What the findings amount to.
    public Assessment assessment() {
        return assessment;
    }

    /// Findings that had to make room for later ones; the store has them.
    public long otherFindings() {
        return otherFindings;
    }

    /// Decoded conversations, in the order they began.
    public List<Recap.Talk> talks() {
        return recap.talks();
    }

    /// Messages of further conversations.
    public long otherTalks() {
        return recap.otherTalks();
    }

    /// Conversations that were recognised but not read.
    public List<Closed> closed() {
        return List.copyOf(closed);
    }

    /// What was asked, where it can be read.
    public Requests requests() {
        return requests;
    }

    /// What the text inputs held.
    public LogTally logs() {
        return logs;
    }

    /// What a page with pictures shows beyond this.
    public Chronicle chronicle() {
        return chronicle;
    }

    /// Payload bytes of all connections.
    public long payloadBytes() {
        return payloadBytes;
    }

    /// Payload bytes known to be missing.
    public long missedBytes() {
        return missedBytes;
    }

    /// Connections of which bytes are missing.
    public long incomplete() {
        return incomplete;
    }
}
