package io.hark.detect.tunnels;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.TunnelState;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds packets inside packets and proxies where none are declared: GRE, VXLAN, Geneve, IP in IP,
/// Teredo, AYIYA and GTP by their headers, SOCKS and HTTP CONNECT by the proxy's consent.
///
/// Medium from inside to outside, and for SOCKS anywhere: few sites run one. Low elsewhere, where
/// the network itself is built of tunnels, and for HTTP CONNECT inside, which is how proxies of a
/// site are used. A tunnel that the engagement allows is none.
///
/// *What it cannot see.* Tunnels inside what is encrypted, TLS in TLS among them: of the lengths of
/// the first segments no rule was found here that ordinary browsing does not meet.
public final class Tunnels implements Gathering<Tunnels.Found>, Engaged {

    /// One tunnel.
    ///
    /// @param type as in [TunnelState]
    public record Found(String type, Span span, Said said) implements Gathered {}

    private static final String PREFIX = "Tunnel::";
    private static final String SOCKS = "SOCKS";
    private static final String HTTP = "HTTP";

    private final Engagement engagement;

    /// In no declared environment.
    public Tunnels() {
        this(Engagement.NONE);
    }

    private Tunnels(Engagement engagement) {
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new Tunnels(engagement);
    }

    @Override
    public String name() {
        return "tunnels";
    }

    @Override
    public String about() {
        return "packets inside packets, and proxies, where none are declared";
    }

    @Override
    public Class<Found> stateType() {
        return Found.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(TunnelState.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof TunnelState tunnel && tunnel.action().equals(TunnelState.DISCOVER)) {
            Addr orig = tunnel.id().orig_h();
            Addr resp = tunnel.id().resp_h();
            if (!engagement.isAllowed(orig, resp, tunnel.id().resp_p(), "tunnel")) {
                sink.add(orig, resp, tunnel.id().resp_p(), type(tunnel));
            }
        }
    }

    private static String type(TunnelState tunnel) {
        String type = tunnel.tunnel_type();
        return type.startsWith(PREFIX) ? type.substring(PREFIX.length()) : type;
    }

    @Override
    public @Nullable Found gather(Key key, Event input, @Nullable Found state) {
        TunnelState tunnel = (TunnelState) input;
        String uid = tunnel.uid() == null ? "" : tunnel.uid();
        return state == null
                ? new Found(type(tunnel), Span.NONE.with(tunnel.ts(), uid), Said.NOTHING)
                : new Found(state.type(), state.span().with(tunnel.ts(), uid), state.said());
    }

    @Override
    public Found with(Found state, Said said) {
        return new Found(state.type(), state.span(), said);
    }

    private boolean isOutward(Key key) {
        return engagement.isLocal(key.host()) && !engagement.isLocal(key.peer());
    }

    @Override
    public Optional<Verdict> verdict(Key key, Found state) {
        boolean medium = isOutward(key) || state.type().equals(SOCKS);
        return Optional.of(
                new Verdict(
                        medium ? Severity.MEDIUM : Severity.LOW,
                        isOutward(key) ? 0.7 : 0.5,
                        state.span().count()));
    }

    @Override
    public void tell(Key key, Found state, FindingDraft draft) {
        boolean proxy = state.type().equals(SOCKS) || state.type().equals(HTTP);
        String what = proxy ? "proxy" : "tunnel";
        draft.title("%s uses %s as a %s %s", key.host(), key.peer(), state.type(), what)
                .why(
                        "%s and %s are the ends of a %s %s, %s, found %,d times; no engagement file"
                                + " allows it.",
                        key.host(),
                        key.peer(),
                        state.type(),
                        what,
                        isOutward(key) ? "from inside to outside" : "inside or from outside",
                        state.span().count())
                .techniques(proxy ? List.of("T1090", "T1572") : List.of("T1572", "T1095"))
                .between(key.host(), key.peer(), key.port() == 0 ? null : key.port());
        if (!proxy) {
            draft.next("hark search DIR 'tunnel:" + state.type().toLowerCase(Locale.ROOT) + "*'")
                    .next("hark host DIR " + key.host());
        }
    }

    @Override
    public List<Fact> numbers(Key key, Found state) {
        return List.of(
                Fact.of("type", state.type()),
                Fact.of("found", state.span().count()),
                Fact.of("outward", isOutward(key) ? 1 : 0));
    }
}
