package io.hark.detect.tor;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Ssl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds Tor by the certificates of its relays: subject `CN=www.<random>.net` (or `.com`), issuer
/// another `CN=www.<random>.com`, both of the base32 alphabet, and no other part in either name.
///
/// *Source*: Tor's `tortls` makes link certificates of random host names of 8 to 20 base32 letters.
///
/// *What it cannot see.* TLS 1.3 hides certificates: then only the made-up server name is left,
/// which is not enough. Bridges with pluggable transports do not look like TLS, or like another's.
public final class TorByCertificate implements Gathering<TorByCertificate.Relays> {

    /// The relays one host called.
    ///
    /// @param subject of the latest certificate
    /// @param issuer of it
    public record Relays(String subject, String issuer, Span span, Said said) implements Gathered {}

    private static final Pattern SUBJECT = Pattern.compile("CN=www\\.([a-z2-7]{8,20})\\.(net|com)");
    private static final Pattern ISSUER = Pattern.compile("CN=www\\.([a-z2-7]{8,20})\\.(com|net)");

    @Override
    public String name() {
        return "tor";
    }

    @Override
    public String about() {
        return "Tor relays, by the form of their certificates";
    }

    @Override
    public Class<Relays> stateType() {
        return Relays.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Ssl.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Ssl ssl && isRelay(ssl.subject(), ssl.issuer())) {
            sink.add(ssl.id().orig_h(), ssl.id().resp_h(), ssl.id().resp_p(), "tls");
        }
    }

    private static boolean isRelay(@Nullable String subject, @Nullable String issuer) {
        return subject != null
                && issuer != null
                && !subject.equals(issuer)
                && SUBJECT.matcher(subject).matches()
                && ISSUER.matcher(issuer).matches();
    }

    @Override
    public @Nullable Relays gather(Key key, Event input, @Nullable Relays state) {
        Ssl ssl = (Ssl) input;
        String subject = ssl.subject();
        String issuer = ssl.issuer();
        Span before = state == null ? Span.NONE : state.span();
        Said said = state == null ? Said.NOTHING : state.said();
        return new Relays(
                subject == null ? "" : subject,
                issuer == null ? "" : issuer,
                before.with(ssl.ts(), ssl.uid()),
                said);
    }

    @Override
    public Relays with(Relays state, Said said) {
        return new Relays(state.subject(), state.issuer(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Relays state) {
        return Optional.of(new Verdict(Severity.MEDIUM, 0.95, state.span().count()));
    }

    @Override
    public void tell(Key key, Relays state, FindingDraft draft) {
        draft.title("%s uses Tor, by the relay %s port %d", key.host(), key.peer(), key.port())
                .why(
                        "%s showed a certificate for %s, issued by %s: random names as Tor's relays"
                                + " make them, and nobody else. %,d handshakes.",
                        key.peer(), state.subject(), state.issuer(), state.span().count())
                .techniques("T1090.003", "T1573")
                .between(key.host(), key.peer(), key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Relays state) {
        return List.of(
                Fact.of("handshakes", state.span().count()),
                Fact.of("subject", state.subject()),
                Fact.of("issuer", state.issuer()));
    }
}
