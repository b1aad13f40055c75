package io.hark.decode.shell;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.carry.StreamPiece;
import io.hark.event.Message;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Shells in the clear, reverse and bind: `nc`, `bash -i`, cmd.exe, PowerShell, and a bare `sh`
/// without a prompt.
///
/// *Taste*: [ShellSigns] over the beginnings of both directions. A connection is a conversation: a
/// shell has no other name for itself.
public final class Shells implements Decoder<ShellState> {

    @Override
    public String name() {
        return "shell";
    }

    @Override
    public String about() {
        return "shells in the clear: commands and their output";
    }

    @Override
    public Info info() {
        return new Info(List.of("shell"), Set.of(Carrier.STREAM), Set.of(), "everything", "", true);
    }

    @Override
    public Class<ShellState> stateType() {
        return ShellState.class;
    }

    @Override
    public int taste(Tasting tasting) {
        if (!(tasting instanceof StreamStart start)) {
            return Verdict.NO;
        }
        int glance = ShellGlance.at(start);
        if (glance != Verdict.YES) {
            return glance;
        }
        byte[] originator = start.originator().toArray();
        byte[] responder = start.responder().toArray();
        ShellSigns.Found found = ShellSigns.look(originator, responder);
        if (found == null) {
            return Verdict.NO;
        } else if (found.isShell()) {
            return Verdict.YES;
        }
        return start.over() ? Verdict.NO : Verdict.MORE;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        sink.add(input.uid());
    }

    @Override
    public @Nullable ShellState converse(
            Carried piece, @Nullable ShellState state, Conversation turn) {
        if (!(piece instanceof StreamPiece run)) {
            return state;
        }
        ShellState now = state == null ? ShellState.start(run.uid(), run.id(), "") : state;
        ShellReader reader = reader(now, turn);
        if (run.gap() > 0) {
            reader.gap(run.ts(), run.side(), run.gap());
        }
        reader.bytes(run.ts(), run.side(), run.bytes());
        return run.end() && reader.ended(run.side()) ? null : reader.state();
    }

    @Override
    public @Nullable ShellState wake(ShellState state, Turn<Message> turn) {
        ShellReader reader = reader(state, turn);
        reader.idle(turn.now());
        return reader.state();
    }

    @Override
    public void end(ShellState state, Turn<Message> turn) {
        reader(state, turn).end();
    }

    private ShellReader reader(ShellState state, Turn<Message> turn) {
        return new ShellReader(state, Voice.of(this, turn, state.uid(), state.id(), "tcp"));
    }
}
