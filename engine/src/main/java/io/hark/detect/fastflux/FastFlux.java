package io.hark.detect.fastflux;

import io.hark.Distinct;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds names that are served from addresses all over the Internet, for minutes each: fast flux,
/// where hosts that were broken into stand before the server.
///
/// A name is one with answers of A records out of at least ten networks (16 bits) within a day,
/// half as many networks as addresses, that may be kept for ten minutes at most. Content networks
/// answer one site's resolver out of a few networks; what is served by volunteers (NTP's pool) is
/// not counted. Low, medium from 25 networks on.
///
/// *What it cannot see.* A slow flux; one of which each host sees few answers of many names.
public final class FastFlux implements Gathering<FastFlux.Answers> {

    /// What one name was answered with.
    ///
    /// @param addrs different addresses
    /// @param networks different networks of them
    /// @param client who asked last
    /// @param latest an address that was answered last
    public record Answers(
            Distinct addrs, Distinct networks, Addr client, Addr latest, Span span, Said said)
            implements Gathered {}

    /// How much is flux.
    ///
    /// @param networks how many of them
    /// @param many from how many on nobody else does so
    /// @param share networks by addresses, at least
    /// @param keep how long answers may be kept, at most
    public record Floors(int networks, int many, double share, Duration keep) {

        /// The usual ones.
        public static final Floors USUAL = new Floors(10, 25, 0.5, Duration.ofMinutes(10));
    }

    private static final int NETWORK_BITS = 16;
    private static final int MAX_ANSWERS = 64; // of one message; more say nothing more
    private static final int MAX_NAME = 255; // RFC 1035 §2.3.4

    private final Floors floors = Floors.USUAL;

    /// With the usual floors.
    public FastFlux() {}

    @Override
    public String name() {
        return "fast-flux";
    }

    @Override
    public String about() {
        return "names with addresses all over the Internet, for minutes each";
    }

    @Override
    public Class<Answers> stateType() {
        return Answers.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Dns.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofDays(1);
    }

    @Override
    public void keys(Event input, Keys sink) {
        Dns dns = (Dns) input;
        String query = dns.query();
        List<String> answers = dns.answers();
        if (query != null
                && query.length() <= MAX_NAME
                && answers != null
                && !answers.isEmpty()
                && isShort(dns.ttls())
                && !isOfVolunteers(query)) {
            sink.add(Key.NOBODY, Key.NOBODY, 0, query);
        }
    }

    private boolean isShort(long @Nullable [] ttls) {
        return ttls == null || Arrays.stream(ttls).allMatch(ttl -> ttl <= floors.keep.toNanos());
    }

    private static boolean isOfVolunteers(String query) {
        return query.endsWith("pool.ntp.org");
    }

    @Override
    public @Nullable Answers gather(Key key, Event input, @Nullable Answers state) {
        Dns dns = (Dns) input;
        List<String> answers = dns.answers() == null ? List.of() : dns.answers();
        Distinct addrs = state == null ? Distinct.NONE : state.addrs();
        Distinct networks = state == null ? Distinct.NONE : state.networks();
        Addr latest = null;
        for (String answer : answers.subList(0, Math.min(MAX_ANSWERS, answers.size()))) {
            Addr addr = Addr.parse(answer);
            if (addr != null && addr.isV4() && !addr.isPrivate()) {
                addrs = addrs.with(addr.lo());
                networks = networks.with(addr.v4Bits() >>> NETWORK_BITS);
                latest = addr;
            }
        }
        if (latest == null) {
            return state;
        }
        Span span = state == null ? Span.NONE : state.span();
        return new Answers(
                addrs,
                networks,
                dns.id().orig_h(),
                latest,
                span.with(dns.ts(), ""),
                state == null ? Said.NOTHING : state.said());
    }

    @Override
    public Answers with(Answers state, Said said) {
        return new Answers(
                state.addrs(),
                state.networks(),
                state.client(),
                state.latest(),
                state.span(),
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Answers state) {
        long networks = state.networks().count();
        if (networks < floors.networks || networks < floors.share * state.addrs().count()) {
            return Optional.empty();
        }
        boolean isMany = networks >= floors.many;
        return Optional.of(
                new Verdict(isMany ? Severity.MEDIUM : Severity.LOW, isMany ? 0.6 : 0.4, networks));
    }

    @Override
    public void tell(Key key, Answers state, FindingDraft draft) {
        draft.title("%s has addresses in %,d networks", key.name(), state.networks().count())
                .why(
                        "In %,d answers over %.0f min %s had %,d addresses in %,d networks, each to be kept for %d min at most; the last one was for %s.",
                        state.span().count(),
                        state.span().seconds() / 60,
                        key.name(),
                        state.addrs().count(),
                        state.networks().count(),
                        floors.keep.toMinutes(),
                        state.client())
                .techniques("T1568.001")
                .host(key.name())
                .between(state.client(), state.latest(), null);
    }

    @Override
    public List<Fact> numbers(Key key, Answers state) {
        return List.of(
                Fact.of("networks", state.networks().count()),
                Fact.of("networks_needed", floors.networks),
                Fact.of("addresses", state.addrs().count()),
                Fact.of("answers", state.span().count()));
    }
}
