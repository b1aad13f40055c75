package io.hark.detect.knownc2;

import io.hark.Detector;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.OfConnection;
import io.hark.event.Ssl;
import io.hark.event.Websocket;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds programs of adversaries whose words cannot be read, by certificate and by the shape of
/// their greeting, and says why no more is possible. What it knows is data: `signs.tsv`, each line
/// with its source.
///
/// *How bad.* High where a certificate or a protocol's name says it (0.9 and more), medium where
/// only the shape does. A certificate is renamed in a minute: that nothing is found says nothing.
///
/// *What is not.* Sliver, Merlin, Mythic behind TLS, Remcos, PlugX, NetWire: their greetings have
/// nothing that stays when the operator changes what he should change, and need the first octets,
/// which no event holds.
public final class KnownC2 implements Detector<KnownC2.Seen> {

    private static final double SURE = 0.9;

    /// What was seen of one family between two hosts.
    ///
    /// @param count connections
    /// @param first when the first began
    /// @param uids of the first ones
    /// @param said what was said
    public record Seen(long count, long first, List<String> uids, Said said) implements Stored {}

    @Override
    public String name() {
        return "known-c2";
    }

    @Override
    public String about() {
        return "adversaries' programs known by certificate or greeting";
    }

    @Override
    public Class<Seen> stateType() {
        return Seen.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Ssl.class, Websocket.class, Conn.class);
    }

    @Override
    public void keys(Event input, Keys sink) {
        Sign sign = sign(input);
        if (sign != null && input instanceof OfConnection of) {
            Endpoints id = of.id();
            sink.add(id.orig_h(), id.resp_h(), id.resp_p(), sign.family());
        }
    }

    /// The first sign that fits.
    private static @Nullable Sign sign(Event event) {
        for (Sign sign : Sign.ALL) {
            if (sign.fits(event)) {
                return sign;
            }
        }
        return null;
    }

    @Override
    public @Nullable Seen on(Event input, @Nullable Seen state, Turn<Finding> turn) {
        Sign sign = sign(input);
        if (sign == null || !(input instanceof OfConnection of)) {
            return state;
        }
        Seen before = state == null ? new Seen(0, input.ts(), List.of(), Said.NOTHING) : state;
        List<String> uids = new ArrayList<>(before.uids);
        if (uids.size() < Finding.MAX_UIDS) {
            uids.add(of.uid());
        }
        long count = before.count + 1;
        Severity severity = sign.sure() >= SURE ? Severity.HIGH : Severity.MEDIUM;
        Said said = before.said;
        if (said.isNews(severity, count)) {
            turn.emit(
                    finding(draft(turn, said), sign, turn.key(), input, uids, count, before.first));
            said = said.next(severity, sign.sure(), count);
        }
        return new Seen(count, before.first, List.copyOf(uids), said);
    }

    private static Finding finding(
            FindingDraft draft,
            Sign sign,
            Key key,
            Event input,
            List<String> uids,
            long count,
            long first) {
        Severity severity = sign.sure() >= SURE ? Severity.HIGH : Severity.MEDIUM;
        boolean socket = input instanceof Websocket;
        return draft.title(
                        "%s speaks %s to %s port %d",
                        key.host(), sign.family(), key.peer(), key.port())
                .why(
                        "%d %s from %s to %s port %d: %s, as of %s%s.",
                        count,
                        count == 1 ? "connection" : "connections",
                        key.host(),
                        key.peer(),
                        key.port(),
                        sign.seen(),
                        sign.family(),
                        sign.software().equals("-") ? "" : " (ATT&CK " + sign.software() + ")")
                .why("What they say cannot be read: %s.", sign.closed())
                .weight(severity, sign.sure())
                .techniques(socket ? "T1572" : "T1573", "T1071.001")
                .between(key.host(), key.peer(), key.port())
                .during(first, input.ts())
                .uids(uids)
                .fact("family", sign.family())
                .fact("software", sign.software())
                .fact("connections", count)
                .fact("sign", sign.where() + " " + sign.what())
                .fact("source", sign.source())
                .build();
    }

    @Override
    public List<Fact> explain(Key key, Seen state) {
        return List.of(Fact.of("connections", state.count), Fact.of("family", key.name()));
    }
}
