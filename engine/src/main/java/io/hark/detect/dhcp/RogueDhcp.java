package io.hark.detect.dhcp;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Dhcp;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds a second server that hands out addresses of one network by terms of its own: another
/// lease, another domain. Who hands out an address says which gateway and which names a host will
/// believe.
///
/// Two servers with the same terms share the work and are none. Low while the second has given
/// [Floors#few] addresses at most: a test, or a router plugged in by mistake, which is worth
/// knowing all the same.
///
/// *What it cannot see.* A rogue that copies the terms; gateways and name servers, which the event
/// does not hold. *Source*: ATT&CK T1557.003, RFC 2131.
public final class RogueDhcp implements Gathering<RogueDhcp.Servers> {

    /// A server and its terms.
    ///
    /// @param lease nanoseconds; null for none said
    record Server(
            Addr addr,
            @Nullable String domain,
            @Nullable Long lease,
            long count,
            @Nullable Addr last)
            implements Stored {

        boolean hasOtherTerms(Server other) {
            return !Objects.equals(domain, other.domain) || !Objects.equals(lease, other.lease);
        }
    }

    /// Who handed out addresses of a network, in the order they came.
    public record Servers(List<Server> all, Span span, Said said) implements Gathered {}

    /// How much is too much.
    ///
    /// @param few addresses that a second server gives before it is more than a slip
    /// @param seconds most servers that are told apart
    public record Floors(int few, int seconds) {

        /// The usual ones.
        public static final Floors USUAL = new Floors(1, 8);
    }

    private static final int HOST_OCTET = 0xff; // networks are told apart as /24: most sites' unit

    private final Floors floors = Floors.USUAL;

    @Override
    public String name() {
        return "rogue-dhcp";
    }

    @Override
    public String about() {
        return "a second server that hands out addresses of one network by terms of its own";
    }

    @Override
    public Class<Servers> stateType() {
        return Servers.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Dhcp.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofDays(2);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Dhcp dhcp
                && dhcp.server_addr() != null
                && dhcp.assigned_addr() != null
                && dhcp.assigned_addr().isV4()
                && dhcp.msg_types().contains("ACK")) {
            Addr network = Addr.v4(dhcp.assigned_addr().v4Bits() & ~HOST_OCTET);
            sink.add(network, Key.NOBODY, 0, "dhcp");
        }
    }

    @Override
    public @Nullable Servers gather(Key key, Event input, @Nullable Servers state) {
        Dhcp dhcp = (Dhcp) input;
        Addr addr = dhcp.server_addr();
        if (addr == null) {
            return state;
        }
        List<Server> all = new ArrayList<>(state == null ? List.of() : state.all);
        int at = 0;
        while (at < all.size() && !all.get(at).addr.equals(addr)) {
            at++;
        }
        if (at == floors.seconds) {
            return state;
        }
        long count = at < all.size() ? all.get(at).count + 1 : 1;
        Server server =
                new Server(addr, dhcp.domain(), dhcp.lease_time(), count, dhcp.assigned_addr());
        if (at < all.size()) {
            all.set(at, server);
        } else {
            all.add(server);
        }
        String uid = dhcp.uids().isEmpty() ? "" : dhcp.uids().getFirst();
        return new Servers(
                all,
                (state == null ? Span.NONE : state.span).with(dhcp.ts(), uid),
                state == null ? Said.NOTHING : state.said);
    }

    /// The server with terms that differ from those of the one that gave most; of several the
    /// busiest.
    private static Optional<Server> odd(Servers state) {
        Server main = state.all.getFirst();
        for (Server server : state.all) {
            main = server.count > main.count ? server : main;
        }
        Server odd = null;
        for (Server server : state.all) {
            boolean differs = !server.addr.equals(main.addr) && server.hasOtherTerms(main);
            if (differs && (odd == null || server.count > odd.count)) {
                odd = server;
            }
        }
        return Optional.ofNullable(odd);
    }

    @Override
    public Servers with(Servers state, Said said) {
        return new Servers(state.all, state.span, said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Servers state) {
        return odd(state)
                .map(
                        odd ->
                                new Verdict(
                                        odd.count > floors.few ? Severity.MEDIUM : Severity.LOW,
                                        odd.count > floors.few ? 0.6 : 0.4,
                                        odd.count));
    }

    @Override
    public void tell(Key key, Servers state, FindingDraft draft) {
        Server odd = odd(state).orElseThrow();
        Addr victim = odd.last == null ? key.host() : odd.last;
        draft.title("%s hands out addresses of %s/24 besides another server", odd.addr, key.host())
                .why(
                        "%d servers gave addresses of this network; %s gave %d, by a lease or a domain that"
                                + " the other one does not give.",
                        state.all.size(), odd.addr, odd.count)
                .techniques("T1557.003", "T1557")
                .between(odd.addr, victim, null);
    }

    @Override
    public List<Fact> numbers(Key key, Servers state) {
        return List.of(
                Fact.of("servers", state.all.size()),
                Fact.of("servers_needed", 2),
                Fact.of("given_by_the_odd_one", odd(state).map(Server::count).orElse(0L)));
    }
}
