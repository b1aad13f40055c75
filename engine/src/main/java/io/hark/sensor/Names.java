package io.hark.sensor;

import io.hark.event.Conn;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.format.dns.DnsType;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What hosts know each other by: the one place that says which name stands beside an address.
///
/// *Which name a connection gets*, the first that there is:
///
/// 1. what the client said in it (`sni`, `host`), where a DNS answer to that client gave it this
///    address for that name;
/// 2. `dns`: the name for which a DNS answer gave that client this address before the connection
///    began; of several the one answered last. It goes before a name that no answer confirms, since
///    whoever talks can say any name, but has to look up the one it needs;
/// 3. what the client said (`sni`, `host`), unconfirmed;
/// 4. `certificate`: what the server's certificate says.
///
/// An answer counts for its own client only, from the moment it was seen until it expires:
/// [#KEPT_AT_LEAST_NANOS] or its time to live, whichever is longer, [#KEPT_AT_MOST_NANOS] at most.
///
/// *Bounds*: [#MAX_KEPT] pairs of client and address, the one answered longest ago goes first;
/// [#MAX_EACH] names a pair. That is 30 MB, full.
///
/// It stands behind the merge, where the order is the same for any number of workers, so that all
/// give the same names; a connection is told at its end, when all answers before it have come.
///
/// *Thread*: the merge's.
final class Names {

    /// How many pairs of client and address are remembered: some 300 clients of 200 servers a day.
    static final int MAX_KEPT = 1 << 16;

    /// How many names of one address one client is remembered to have asked for: content networks
    /// serve thousands from one address, a client has few of them at a time.
    static final int MAX_EACH = 8;

    /// Programs go on to use an address when the few minutes of its answer are over.
    static final long KEPT_AT_LEAST_NANOS = 3_600_000_000_000L;

    /// No answer says more of the day after.
    static final long KEPT_AT_MOST_NANOS = 86_400_000_000_000L;

    /// The word for a name out of a DNS answer.
    static final String DNS = "dns";

    private record Link(Addr client, Addr host) {}

    /// A name that was answered, or claimed.
    private static final class Answer {
        private final HostName name;
        private final long first;
        private long last;
        private long until;

        Answer(HostName name, long when) {
            this.name = name;
            this.first = when;
        }

        boolean covers(long when) {
            return first <= when && when <= until;
        }

        /// The latest time at or before `when` at which it is known to have been answered.
        long before(long when) {
            return last <= when ? last : first;
        }
    }

    private final Apps apps = Apps.read();

    private final Map<Link, List<Answer>> known =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<Link, List<Answer>> eldest) {
                    return size() > MAX_KEPT;
                }
            };

    /// Learns from the event, and gives it back: a connection with its name, others as they are.
    Event told(Event event) {
        if (event instanceof Dns dns) {
            answered(dns);
        } else if (event instanceof Conn conn) {
            return named(conn);
        }
        return event;
    }

    /// The name that client knows the host by at that time, null for none.
    @Nullable HostName of(Addr client, Addr host, long when) {
        List<Answer> answers = known.get(new Link(client, host));
        if (answers == null) {
            return null;
        }
        Answer answer = latest(answers, when, true);
        answer = answer == null ? latest(answers, when, false) : answer;
        return answer == null ? null : answer.name;
    }

    private Conn named(Conn conn) {
        List<Answer> answers = known.get(new Link(conn.id().orig_h(), conn.id().resp_h()));
        String said = conn.resp_name();
        Answer best = null;
        if (answers != null && (said == null || !isAnswered(answers, said, conn.ts()))) {
            best = latest(answers, conn.ts(), true);
        }
        String source = conn.name_source();
        if (best != null) {
            String name = best.name.text();
            return conn.named(name, best.name.source(), apps.of(name));
        } else if (said != null && source != null) {
            Link link = new Link(conn.id().orig_h(), conn.id().resp_h());
            learn(link, new HostName(said, source), conn.ts(), KEPT_AT_MOST_NANOS);
            String app = apps.of(said);
            return app == null ? conn : conn.named(said, source, app);
        }
        return conn;
    }

    private static boolean isAnswered(List<Answer> answers, String name, long when) {
        for (Answer answer : answers) {
            if (answer.name.source().equals(DNS)
                    && answer.covers(when)
                    && answer.name.text().equalsIgnoreCase(name)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Answer latest(List<Answer> answers, long when, boolean byDns) {
        Answer best = null;
        for (Answer answer : answers) {
            if (answer.name.source().equals(DNS) == byDns
                    && answer.covers(when)
                    && (best == null || answer.before(when) >= best.before(when))) {
                best = answer;
            }
        }
        return best;
    }

    private void answered(Dns dns) {
        String query = dns.query();
        List<String> answers = dns.answers();
        Integer type = dns.qtype();
        if (query == null
                || !HostName.isHost(query)
                || answers == null
                || type == null
                || type != DnsType.A && type != DnsType.AAAA && type != DnsType.ANY) {
            return;
        }
        HostName name = new HostName(query.toLowerCase(Locale.ROOT), DNS);
        long[] ttls = dns.ttls();
        for (int i = 0; i < answers.size(); i++) {
            Addr host = Addr.parse(answers.get(i));
            if (host != null && !host.isGroupOrNobody()) {
                long ttl = ttls == null || i >= ttls.length ? 0 : ttls[i];
                learn(new Link(dns.id().orig_h(), host), name, dns.seen(), ttl);
            }
        }
    }

    private void learn(Link link, HostName name, long when, long nanos) {
        List<Answer> answers = known.remove(link); // to the end of the line
        if (answers == null) {
            answers = new ArrayList<>(1);
        }
        known.put(link, answers);
        Answer answer = null;
        for (Answer one : answers) {
            answer = one.name.equals(name) ? one : answer;
        }
        if (answer == null) {
            if (answers.size() == MAX_EACH) {
                answers.removeFirst();
            }
            answer = new Answer(name, when);
            answers.add(answer);
        }
        answer.last = Math.max(answer.last, when);
        answer.until =
                Math.max(
                        answer.until,
                        when + Math.clamp(nanos, KEPT_AT_LEAST_NANOS, KEPT_AT_MOST_NANOS));
    }
}
