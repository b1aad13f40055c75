package io.hark.detect.decoded;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Message;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Says of each conversation that a decoder read who operates whom, what was asked for, and what
/// left.
///
/// *How bad.* High where orders of the operator were read, medium where the two only keep in touch;
/// a step lower where neither real captures verify the decoder nor a secret opened anything: there
/// only the form speaks for it, and then both have to have said something. A conversation of which
/// nothing was read is no finding.
///
/// A decoder that knows a conversation by no more than its connection makes one of each call; they
/// are told as one for two hosts.
///
/// *What it needs*: a decoder that reads it. *What it cannot tell*: whether the operator is an
/// adversary, or one's own tester or administrator with the same tool. *Source*: the techniques of
/// orders stand in `commands.tsv`.
public final class DecodedC2 implements Gathering<Spoken> {

    /// A session that an operator takes up again the day after is the same.
    private static final Duration SILENCE = Duration.ofDays(1);

    private static final double VERIFIED = 0.98;
    private static final double BY_FORM = 0.6; // as of other findings that only a shape speaks for

    @Override
    public String name() {
        return "decoded-c2";
    }

    @Override
    public String about() {
        return "conversations that a decoder read: who operates whom, and what was asked for";
    }

    @Override
    public Class<Spoken> stateType() {
        return Spoken.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Message.class);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (!(input instanceof Message m)) {
            return;
        }
        if (m.conversation().equals(m.uid())) {
            sink.add(m.id().orig_h(), m.id().resp_h(), m.id().resp_p(), m.decoder());
        } else {
            sink.add(m.decoder() + ' ' + m.conversation());
        }
    }

    @Override
    public Duration silence() {
        return SILENCE;
    }

    @Override
    public Spoken gather(Key key, Event input, @Nullable Spoken state) {
        Message m = (Message) input;
        return (state == null ? Spoken.of(m) : state).with(m);
    }

    @Override
    public Spoken with(Spoken state, Said said) {
        return state.with(said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Spoken state) {
        long weight = state.read();
        if (state.orders() > 0) {
            return Optional.of(
                    state.ordersCertain()
                            ? new Verdict(Severity.HIGH, VERIFIED, weight)
                            : new Verdict(Severity.MEDIUM, BY_FORM, weight));
        } else if (state.certain()) {
            return Optional.of(new Verdict(Severity.MEDIUM, VERIFIED, weight));
        }
        return state.isAnswered()
                ? Optional.of(new Verdict(Severity.LOW, BY_FORM, weight))
                : Optional.empty();
    }

    @Override
    public void tell(Key key, Spoken state, FindingDraft draft) {
        new Telling(state).into(draft);
    }

    @Override
    public List<Fact> numbers(Key key, Spoken state) {
        return new Telling(state).numbers(key);
    }
}
