package io.hark.detect.tripwires;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Canary;
import io.hark.engagement.Engagement.Decoy;
import io.hark.event.Conn;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Ftp;
import io.hark.event.Http;
import io.hark.event.LogEvent;
import io.hark.event.OfConnection;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says who touched what the engagement file declares as a decoy, or used a canary: one touch is
/// enough. A decoy's address called is critical where it was answered and high where not, since
/// scanners of all kinds knock. A canary is a text in a name asked for, a URL, a Host, or a user
/// name; and anywhere in a line of a log, be it of the decoy's own host, of a firewall before it,
/// or of a domain controller that was asked for a user who is nobody.
///
/// *What it cannot see.* Canaries inside what is encrypted; decoys on hosts that no sensor sees.
public final class Tripwires implements Gathering<Tripwires.Touched>, Engaged {

    /// Touches of one thing by one host.
    ///
    /// @param what was touched
    /// @param spoken touches with payload, or uses of a canary
    public record Touched(String what, long spoken, Span span, Said said) implements Gathered {}

    private final Engagement engagement;

    /// In no declared environment: it says nothing.
    public Tripwires() {
        this(Engagement.NONE);
    }

    private Tripwires(Engagement engagement) {
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new Tripwires(engagement);
    }

    @Override
    public String name() {
        return "tripwires";
    }

    @Override
    public String about() {
        return "touches of decoys and uses of canaries that the engagement file declares";
    }

    @Override
    public Class<Touched> stateType() {
        return Touched.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, Dns.class, Http.class, Ftp.class, LogEvent.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(24);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof LogEvent line) {
            String what = touched(line);
            if (what != null) {
                sink.add(
                        orNobody(line.source().ip()),
                        orNobody(line.destination().ip()),
                        port(line),
                        what);
            }
        } else if (input instanceof OfConnection of && touched(of) != null) {
            Endpoints id = of.id();
            sink.add(id.orig_h(), id.resp_h(), id.resp_p(), String.valueOf(touched(of)));
        }
    }

    private @Nullable String touched(LogEvent line) {
        Addr source = line.source().ip();
        Addr destination = line.destination().ip();
        if (source != null && destination != null) {
            Optional<Decoy> decoy = engagement.decoy(source, destination, port(line));
            if (decoy.isPresent()) {
                return "decoy " + decoy.get().name();
            }
        }
        return canary(line.original());
    }

    private static int port(LogEvent line) {
        Integer port = line.destination().port();
        return port == null ? 0 : port;
    }

    private static Addr orNobody(@Nullable Addr addr) {
        return addr == null ? Key.NOBODY : addr;
    }

    private @Nullable String touched(OfConnection input) {
        return switch (input) {
            case Conn conn -> {
                Endpoints id = conn.id();
                Optional<Decoy> decoy = engagement.decoy(id.orig_h(), id.resp_h(), id.resp_p());
                yield decoy.map(one -> "decoy " + one.name()).orElse(null);
            }
            case Dns dns -> canary(dns.query());
            case Http http -> {
                String found = canary(http.uri());
                found = found == null ? canary(http.host()) : found;
                yield found == null ? canary(http.username()) : found;
            }
            case Ftp ftp -> canary(ftp.user());
            default -> null;
        };
    }

    private @Nullable String canary(@Nullable String text) {
        if (text == null || engagement.canaries().isEmpty()) {
            return null;
        }
        String lower = text.toLowerCase(Locale.ROOT);
        for (Canary canary : engagement.canaries()) {
            if (lower.contains(canary.text().toLowerCase(Locale.ROOT))) {
                return "canary " + canary.name();
            }
        }
        return null;
    }

    @Override
    public @Nullable Touched gather(Key key, Event input, @Nullable Touched state) {
        boolean spoken =
                switch (input) {
                    case Conn conn -> conn.origPayload() > 0;
                    case LogEvent line -> !line.type().contains("denied");
                    default -> true;
                };
        String uid = input instanceof OfConnection of ? of.uid() : "";
        Span span = (state == null ? Span.NONE : state.span()).with(input.ts(), uid);
        long before = state == null ? 0 : state.spoken();
        return new Touched(
                key.name(),
                before + (spoken ? 1 : 0),
                span,
                state == null ? Said.NOTHING : state.said());
    }

    @Override
    public Touched with(Touched state, Said said) {
        return new Touched(state.what(), state.spoken(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Touched state) {
        return Optional.of(
                new Verdict(
                        state.spoken() > 0 ? Severity.CRITICAL : Severity.HIGH,
                        state.spoken() > 0 ? 0.95 : 0.7,
                        state.span().count()));
    }

    @Override
    public void tell(Key key, Touched state, FindingDraft draft) {
        draft.title("%s touched %s", key.host(), state.what())
                .why(
                        "%s touched %s at %s port %d %,d times, and spoke %,d times. Nobody has a reason"
                                + " to.",
                        key.host(),
                        state.what(),
                        key.peer(),
                        key.port(),
                        state.span().count(),
                        state.spoken())
                .techniques("T1046", "T1021")
                .engage(
                        "EAC0002",
                        "EAV0010",
                        "see with 'hark host' what this host did before, and let it go on at the"
                                + " decoy while that is safe")
                .between(key.host(), key.peer(), key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Touched state) {
        return List.of(
                Fact.of("touches", state.span().count()),
                Fact.of("spoken", state.spoken()),
                Fact.of("what", state.what()));
    }
}
