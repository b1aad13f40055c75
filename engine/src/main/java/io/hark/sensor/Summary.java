package io.hark.sensor;

import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a report is made of, gathered as the events go by: hosts, pairs, findings, conversations.
///
/// *Thread*: the merge's; read when the analysis is over.
public final class Summary {

    private static final int MAX_PAIRS =
            1 << 17; // pairs told apart; the traffic of further ones is counted as others'

    /// What one host sent to and took from another.
    public static final class Pair {
        /// Connections.
        public long conns;

        /// Payload bytes from the originator.
        public long origBytes;

        /// Payload bytes from the responder.
        public long respBytes;

        /// Name of the responder where one is known.
        public @Nullable String name;

        /// Connections by service, or by `port/proto` where none is known.
        public final Map<String, Long> services = new HashMap<>(2);
    }

    /// Who talks to whom.
    ///
    /// @param orig who opens the connections
    /// @param resp who is called
    public record Hosts(Addr orig, Addr resp) {}

    private final Map<Hosts, Pair> pairs = new HashMap<>();
    private final Map<String, Finding> findings = new LinkedHashMap<>();
    private final Map<String, List<Message>> conversations = new LinkedHashMap<>();
    private long otherConns;

    void event(Event event) {
        switch (event) {
            case Conn conn -> conn(conn);
            case Finding finding -> findings.put(finding.id(), finding);
            case Message message ->
                    conversations
                            .computeIfAbsent(message.conversation(), _ -> new ArrayList<>())
                            .add(message);
            default -> {}
        }
    }

    private void conn(Conn conn) {
        Hosts hosts = new Hosts(conn.id().orig_h(), conn.id().resp_h());
        Pair pair = pairs.get(hosts);
        if (pair == null) {
            if (pairs.size() >= MAX_PAIRS) {
                otherConns++;
                return;
            }
            pair = new Pair();
            pairs.put(hosts, pair);
        }
        pair.conns++;
        pair.origBytes += conn.orig_bytes() == null ? 0 : conn.orig_bytes();
        pair.respBytes += conn.resp_bytes() == null ? 0 : conn.resp_bytes();
        if (pair.name == null) {
            pair.name = conn.resp_name();
        }
        String service =
                conn.service() == null ? conn.id().resp_p() + "/" + conn.proto() : conn.service();
        if (pair.services.size() < 16 || pair.services.containsKey(service)) {
            pair.services.merge(service, 1L, Long::sum);
        }
    }

    /// Traffic by pair of hosts.
    public Map<Hosts, Pair> pairs() {
        return pairs;
    }

    /// Connections of pairs that are not told apart.
    public long otherConns() {
        return otherConns;
    }

    /// Findings, last revisions only, in the order they were first made.
    public List<Finding> findings() {
        return List.copyOf(findings.values());
    }

    /// Decoded messages by conversation.
    public Map<String, List<Message>> conversations() {
        return conversations;
    }
}
