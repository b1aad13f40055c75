package io.hark.detect.icmptunnel;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.IcmpEcho;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds data in ICMP echoes: tunnels and C2 that look like ping.
///
/// *How it is told from ping.* A ping sends the same payload again, of one length, and gets back
/// what it sent. Signs of a tunnel: payload changes from request to request; replies that do not
/// repeat their request; replies nobody asked for; lengths that vary. Two signs and 1 KB of payload
/// are a finding, three a severe one.
///
/// *What it cannot see.* A tunnel that hides in the 16 octets where ping keeps its time, or sends
/// less than a kilobyte between two silences of an hour.
public final class IcmpTunnels implements Gathering<Echoes> {

    /// What is too much.
    ///
    /// @param bytes payload both ways; 18 pings of the usual 56 octets
    /// @param changed share of requests with another payload than the one before
    /// @param altered share of replies that do not repeat their request, or answer none
    /// @param lengths from the shortest to the longest payload, octets
    public record Floors(long bytes, double changed, double altered, int lengths) {

        /// The usual ones.
        public static final Floors USUAL = new Floors(1000, 0.5, 0.25, 64);
    }

    private static final int SURE = 3; // signs
    private static final int ENOUGH = 2;
    private static final int MIN_PACKETS = 8; // of one thing, before its share means anything

    private final Floors floors;

    /// With the usual floors.
    public IcmpTunnels() {
        this(Floors.USUAL);
    }

    /// With other floors.
    public IcmpTunnels(Floors floors) {
        this.floors = floors;
    }

    @Override
    public String name() {
        return "icmp-tunnels";
    }

    @Override
    public String about() {
        return "data in ICMP echoes";
    }

    @Override
    public Class<Echoes> stateType() {
        return Echoes.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(IcmpEcho.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(1);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof IcmpEcho echo && !echo.id().resp_h().isGroupOrNobody()) {
            sink.add(echo.id().orig_h(), echo.id().resp_h(), 0, "echo");
        }
    }

    @Override
    public @Nullable Echoes gather(Key key, Event input, @Nullable Echoes state) {
        return (state == null ? Echoes.NONE : state).with((IcmpEcho) input);
    }

    @Override
    public Echoes with(Echoes state, Said said) {
        return state.with(said);
    }

    private List<String> signs(Echoes state) {
        List<String> signs = new ArrayList<>();
        if (state.requests() >= MIN_PACKETS
                && state.changed() >= floors.changed * state.requests()) {
            signs.add(
                    "%,d of %,d requests carry something new"
                            .formatted(state.changed(), state.requests()));
        }
        if (state.replies() >= MIN_PACKETS && state.altered() >= floors.altered * state.replies()) {
            signs.add(
                    "%,d of %,d replies do not repeat their request"
                            .formatted(state.altered(), state.replies()));
        }
        if (state.replies() >= MIN_PACKETS && state.unasked() >= floors.altered * state.replies()) {
            signs.add(
                    "%,d of %,d replies answer nothing"
                            .formatted(state.unasked(), state.replies()));
        }
        if (state.longest() - state.shortest() >= floors.lengths) {
            signs.add(
                    "lengths from %,d to %,d octets".formatted(state.shortest(), state.longest()));
        }
        return signs;
    }

    @Override
    public Optional<Verdict> verdict(Key key, Echoes state) {
        int signs = signs(state).size();
        if (signs < ENOUGH || state.bytes() < floors.bytes) {
            return Optional.empty();
        }
        boolean sure = signs >= SURE;
        return Optional.of(
                new Verdict(
                        sure ? Severity.HIGH : Severity.MEDIUM, sure ? 0.9 : 0.65, state.bytes()));
    }

    @Override
    public void tell(Key key, Echoes state, FindingDraft draft) {
        draft.title("%s and %s talk inside ICMP echoes", key.host(), key.peer())
                .why(
                        "%,d requests and %,d replies carried %,d bytes in %.0f s: %s.",
                        state.requests(),
                        state.replies(),
                        state.bytes(),
                        state.span().seconds(),
                        String.join("; ", signs(state)))
                .why("A ping sends the same again and gets it back.")
                .techniques("T1572", "T1095", "T1048")
                .between(key.host(), key.peer(), null);
    }

    @Override
    public List<Fact> numbers(Key key, Echoes state) {
        return List.of(
                Fact.of("signs", signs(state).size()),
                Fact.of("signs_needed", ENOUGH),
                Fact.of("signs_text", String.join("; ", signs(state))),
                Fact.of("bytes", state.bytes()),
                Fact.of("bytes_needed", floors.bytes),
                Fact.of("requests", state.requests()),
                Fact.of("changed", state.changed()),
                Fact.of("replies", state.replies()),
                Fact.of("altered", state.altered()),
                Fact.of("unasked", state.unasked()),
                Fact.of("lengths", Math.max(0, state.longest() - state.shortest())),
                Fact.of("lengths_needed", floors.lengths));
    }
}
