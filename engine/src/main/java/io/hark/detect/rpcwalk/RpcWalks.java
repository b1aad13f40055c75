package io.hark.detect.rpcwalk;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.DceRpc;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds who asks a host's endpoint mapper for all its services (`ept_lookup`). Windows programs
/// ask for the one service they need (`ept_map`); lists are for administrators' diagnosis and for
/// scanners.
///
/// *What it cannot see.* Endpoint mappers asked over encrypted SMB or HTTP.
public final class RpcWalks implements Gathering<RpcWalks.Walk> {

    /// Lookups of one host at another.
    public record Walk(Span span, Said said) implements Gathered {}

    private static final String LOOKUP = "ept_lookup";
    private static final int MANY = 20; // one listing is one to a dozen calls

    @Override
    public String name() {
        return "rpc-walks";
    }

    @Override
    public String about() {
        return "asking a host for all its RPC services";
    }

    @Override
    public Class<Walk> stateType() {
        return Walk.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(DceRpc.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(1);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof DceRpc call
                && call.operation() != null
                && call.operation().equals(LOOKUP)
                && !call.id().orig_h().equals(call.id().resp_h())) {
            sink.add(call.id().orig_h(), call.id().resp_h(), call.id().resp_p(), "epm");
        }
    }

    @Override
    public @Nullable Walk gather(Key key, Event input, @Nullable Walk state) {
        DceRpc call = (DceRpc) input;
        return state == null
                ? new Walk(Span.NONE.with(call.ts(), call.uid()), Said.NOTHING)
                : new Walk(state.span().with(call.ts(), call.uid()), state.said());
    }

    @Override
    public Walk with(Walk state, Said said) {
        return new Walk(state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Walk state) {
        return Optional.of(
                new Verdict(
                        Severity.MEDIUM,
                        state.span().count() >= MANY ? 0.8 : 0.6,
                        state.span().count()));
    }

    @Override
    public void tell(Key key, Walk state, FindingDraft draft) {
        draft.title("%s asks %s for all its RPC services", key.host(), key.peer())
                .why(
                        "%,d calls of ept_lookup in %.0f s. Programs ask for the one service they need;"
                                + " whoever asks for the list is looking around.",
                        state.span().count(), state.span().seconds())
                .techniques("T1046")
                .between(key.host(), key.peer(), key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Walk state) {
        return List.of(Fact.of("lookups", state.span().count()), Fact.of("lookups_needed", 1));
    }
}
