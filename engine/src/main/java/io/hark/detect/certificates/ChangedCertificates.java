package io.hark.detect.certificates;

import io.hark.Distinct;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Ssl;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Tells when a server that was known by certificates of one issuer shows one of another: somebody
/// in the middle has to make certificates of their own.
///
/// A server is the name that clients ask for, at a port. It is known after 20 handshakes over an
/// hour. Renewed certificates are of the issuer they were of; those of another one are low, since
/// sites change theirs, and medium where the new one is signed by itself, which no site changes to.
///
/// *What it cannot see.* TLS 1.3, which hides certificates; a middle that was there from the first
/// handshake on; one whose issuer is that of the site.
public final class ChangedCertificates implements Gathering<ChangedCertificates.Known> {

    /// What one server showed.
    ///
    /// @param issuers hashes of the issuers so far
    /// @param usual the first of them
    /// @param handshakes how many there were
    /// @param fresh how many showed an issuer that was new once the server was known
    /// @param issuer the latest such issuer; empty for none
    /// @param isOwn whether one of those certificates was signed by itself
    /// @param client who was shown it
    /// @param server who showed it
    public record Known(
            Distinct issuers,
            String usual,
            long handshakes,
            long fresh,
            String issuer,
            boolean isOwn,
            Addr client,
            Addr server,
            Span span,
            Said said)
            implements Gathered {}

    /// When a server is known.
    ///
    /// @param handshakes how many of them
    /// @param steady over how long
    public record Floors(long handshakes, Duration steady) {

        /// The usual ones.
        public static final Floors USUAL = new Floors(20, Duration.ofHours(1));
    }

    private static final int MAX_NAME = 255; // RFC 1035 §2.3.4

    private final Floors floors = Floors.USUAL;

    /// With the usual floors.
    public ChangedCertificates() {}

    @Override
    public String name() {
        return "changed-certificates";
    }

    @Override
    public String about() {
        return "a known server's name with a certificate of another issuer";
    }

    @Override
    public Class<Known> stateType() {
        return Known.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Ssl.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofDays(7);
    }

    @Override
    public void keys(Event input, Keys sink) {
        Ssl ssl = (Ssl) input;
        String name = ssl.server_name();
        if (name != null
                && !name.isEmpty()
                && name.length() <= MAX_NAME
                && ssl.issuer() != null
                && Addr.parse(name) == null) {
            sink.add(Key.NOBODY, Key.NOBODY, ssl.id().resp_p(), name);
        }
    }

    @Override
    public @Nullable Known gather(Key key, Event input, @Nullable Known state) {
        Ssl ssl = (Ssl) input;
        String issuer = ssl.issuer() == null ? "" : ssl.issuer();
        long hash = Distinct.hash(issuer);
        Addr client = ssl.id().orig_h();
        Addr server = ssl.id().resp_h();
        if (state == null) {
            return new Known(
                    Distinct.NONE.with(hash),
                    issuer,
                    1,
                    0,
                    "",
                    false,
                    client,
                    server,
                    Span.NONE.with(ssl.ts(), ""),
                    Said.NOTHING);
        }
        boolean isKnown =
                state.handshakes() >= floors.handshakes
                        && state.span().seconds() >= floors.steady.toSeconds();
        boolean isFresh =
                isKnown && (issuer.equals(state.issuer()) || !state.issuers().holds(hash));
        return new Known(
                state.issuers().with(hash),
                state.usual(),
                state.handshakes() + 1,
                state.fresh() + (isFresh ? 1 : 0),
                isFresh ? issuer : state.issuer(),
                state.isOwn() || isFresh && issuer.equals(ssl.subject()),
                isFresh ? client : state.client(),
                isFresh ? server : state.server(),
                state.span().with(ssl.ts(), isFresh ? ssl.uid() : ""),
                state.said());
    }

    @Override
    public Known with(Known state, Said said) {
        return new Known(
                state.issuers(),
                state.usual(),
                state.handshakes(),
                state.fresh(),
                state.issuer(),
                state.isOwn(),
                state.client(),
                state.server(),
                state.span(),
                said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Known state) {
        return state.fresh() == 0
                ? Optional.empty()
                : Optional.of(
                        new Verdict(
                                state.isOwn() ? Severity.MEDIUM : Severity.LOW,
                                state.isOwn() ? 0.7 : 0.3,
                                state.fresh()));
    }

    @Override
    public void tell(Key key, Known state, FindingDraft draft) {
        draft.title("%s shows %s a certificate of another issuer", key.name(), state.client())
                .why(
                        "%s port %d was known by certificates of %s; in %,d of %,d handshakes, lastly of %s with %s, it showed one of %s%s.",
                        key.name(),
                        key.port(),
                        state.usual(),
                        state.fresh(),
                        state.handshakes(),
                        state.client(),
                        state.server(),
                        state.issuer(),
                        state.isOwn() ? ", signed by itself" : "")
                .techniques("T1557")
                .host(key.name())
                .between(state.client(), state.server(), key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Known state) {
        return List.of(
                Fact.of("handshakes", state.handshakes()),
                Fact.of("handshakes_needed", floors.handshakes),
                Fact.of("of_new_issuers", state.fresh()),
                Fact.of("issuers", state.issuers().count()),
                Fact.of("usual_issuer", state.usual()),
                Fact.of("new_issuer", state.issuer()));
    }
}
