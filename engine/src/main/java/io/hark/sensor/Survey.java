package io.hark.sensor;

import io.hark.Distinct;
import io.hark.engagement.Networks;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Http;
import io.hark.event.Prevalence;
import io.hark.event.Quic;
import io.hark.event.Ssl;
import io.hark.format.dns.Domain;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the site as a whole is used to: how many hosts it has, how many of them call a place
/// outside or use a program, and since when. It says a [Prevalence] for what is rare; detectors,
/// which see one key at a time, judge by that.
///
/// *Bounds*: [#MAX_HOSTS] hosts; [#MAX_THINGS] places and programs, of which the one not used for
/// longest goes; [#MAX_OPEN] connections whose program is known and whose end is not. How many
/// hosts use a thing is counted until it is no longer rare. *Thread*: the merge's.
final class Survey {

    /// Fewer hosts are no site: what one of three does is neither rare nor common.
    static final int MIN_HOSTS = 10;

    /// Beyond it a host is one of very many, and what few do stays what few do.
    private static final int MAX_HOSTS = 1 << 17;

    /// A site of a thousand hosts calls some ten thousand places a day.
    private static final int MAX_THINGS = 1 << 17;

    private static final int MAX_OPEN = 1 << 15;
    private static final int MAX_NAME = 256; // of a program: agents are written by strangers

    private final Networks local;
    private final Consumer<Event> said;
    private final Set<Addr> hosts = new HashSet<>();
    private final Map<String, Thing> things = recent(MAX_THINGS);
    private final Map<String, String> clients = recent(MAX_OPEN); // by connection
    private long since = Long.MAX_VALUE;

    /// A place or a program.
    ///
    /// @param name `place `, `ja4 ` or `agent ` and what it is called
    /// @param since when it was used first, nanoseconds
    /// @param hosts who uses it, as long as they are few
    record Thing(String name, long since, Distinct hosts) implements Stored {

        Thing with(Addr host) {
            Distinct more = hosts.with(host.hi() * 31 + host.lo());
            return more == hosts ? this : new Thing(name, since, more);
        }
    }

    /// All that it knows, but for connections under way.
    ///
    /// @param since when it began, nanoseconds
    /// @param hosts of the site
    /// @param things those used longest ago first
    record State(long since, List<Addr> hosts, List<Thing> things) implements Stored {

        /// Keeps its own copies.
        State {
            hosts = List.copyOf(hosts);
            things = List.copyOf(things);
        }
    }

    /// @param said takes what is rare
    Survey(Networks local, Consumer<Event> said) {
        this.local = local;
        this.said = said;
    }

    private static <V> Map<String, V> recent(int most) {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /// Learns from any event.
    void event(Event event) {
        switch (event) {
            case Conn conn -> connection(conn);
            case Ssl ssl -> client(ssl.uid(), "ja4 ", ssl.ja4());
            case Quic quic -> client(quic.uid(), "ja4 ", quic.ja4());
            case Http http -> client(http.uid(), "agent ", http.user_agent());
            default -> {}
        }
    }

    private void client(String uid, String kind, @Nullable String name) {
        if (name != null && !name.isBlank()) {
            clients.put(uid, kind + name.substring(0, Math.min(MAX_NAME, name.length())));
        }
    }

    private void connection(Conn conn) {
        String client = clients.remove(conn.uid());
        Addr orig = conn.id().orig_h();
        Addr resp = conn.id().resp_h();
        since = Math.min(since, conn.ts());
        if (!local.isLocal(orig) || conn.origPayload() == 0) {
            return;
        }
        if (hosts.size() < MAX_HOSTS) {
            hosts.add(orig);
        }
        if (local.isLocal(resp) || resp.isGroupOrNobody() || conn.respPayload() == 0) {
            return;
        }
        String place = Domain.placeOf(conn);
        Thing before = things.get("place " + place);
        Thing after = used("place " + place, conn);
        Thing program = client == null ? null : used(client, conn);
        if (after == before || hosts.size() < MIN_HOSTS) {
            return;
        }
        said.accept(
                new Prevalence(
                        conn.ts(),
                        conn.seen(),
                        conn.uid(),
                        conn.id(),
                        place,
                        after.hosts.count(),
                        after.since,
                        client == null ? null : client.substring(client.indexOf(' ') + 1),
                        program == null ? null : (Long) program.hosts.count(),
                        hosts.size(),
                        since));
    }

    /// The thing with one more host; itself where that one was known or hosts are many already.
    private Thing used(String name, Conn conn) {
        Thing before = things.get(name);
        if (before != null && before.hosts.count() > Prevalence.few(hosts.size())) {
            return before;
        }
        Thing first = before == null ? new Thing(name, conn.ts(), Distinct.NONE) : before;
        Thing after = first.with(conn.id().orig_h());
        if (after != before) {
            things.put(name, after);
        }
        return after;
    }

    /// What it knows, for [#restore].
    State save() {
        return new State(since, new ArrayList<>(hosts), new ArrayList<>(things.values()));
    }

    /// Becomes what [#save] told.
    void restore(State saved) {
        hosts.clear();
        hosts.addAll(saved.hosts);
        things.clear();
        saved.things.forEach(thing -> things.put(thing.name, thing));
        since = saved.since;
    }
}
