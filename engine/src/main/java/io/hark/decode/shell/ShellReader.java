package io.hark.decode.shell;

import io.hark.Voice;
import io.hark.decode.shell.ShellState.Roles;
import io.hark.decode.shell.ShellState.Run;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/// Turns the bytes of a shell into its lines: what the operator typed, line by line, and what the
/// shell answered in between.
///
/// Runs are held until [ShellSigns] tells who is who; then they are read as if they had just come.
/// An answer ends where the operator speaks again, or after [#IDLE_NANOS] of silence. Echoes of the
/// command and the prompt behind the answer are taken out of it.
///
/// *Thread*: one owner, for the length of one call: made from a state, asked for the next.
final class ShellReader {

    /// The most octets held before the roles are known: twice what the signs look at on each side.
    static final int MAX_HELD = 4 * ShellSigns.MAX_LOOK;

    /// The most runs held before the roles are known.
    static final int MAX_RUNS = 256;

    /// The most octets of a line that is typed: no shell takes longer ones.
    static final int MAX_LINE = 1 << 16;

    /// The most octets of an answer that make one message; a longer one becomes several.
    static final int MAX_OUTPUT = 1 << 16;

    /// The most octets shown of a stream in which nobody is told from nobody: enough to see what it
    /// is.
    static final int MAX_SHOWN = 1 << 16;

    /// After this silence an answer is taken for complete: 5 s.
    static final long IDLE_NANOS = 5_000_000_000L;

    private final Voice voice;
    private final String uid;
    private final Endpoints id;
    private final String secret;
    private Roles roles;
    private String flavour;
    private String why;
    private List<Run> held;
    private byte[] line;
    private long lineTs;
    private byte[] output;
    private long outputTs;
    private long outputLast;
    private String prompt;
    private String command;
    private long shown;
    private long wake;
    private int ended;

    /// Goes on where `state` stands.
    ShellReader(ShellState state, Voice voice) {
        this.voice = voice;
        uid = state.uid();
        id = state.id();
        secret = state.secret();
        roles = state.roles();
        flavour = state.flavour();
        why = state.why();
        held = new ArrayList<>(state.held());
        line = state.line();
        lineTs = state.lineTs();
        output = state.output();
        outputTs = state.outputTs();
        outputLast = state.outputLast();
        prompt = state.prompt();
        command = state.command();
        shown = state.shown();
        wake = state.wake();
        ended = state.ended();
    }

    /// Where it stands now.
    ShellState state() {
        return new ShellState(
                uid,
                id,
                secret,
                roles,
                flavour,
                why,
                List.copyOf(held),
                line,
                lineTs,
                output,
                outputTs,
                outputLast,
                prompt,
                command,
                shown,
                wake,
                ended);
    }

    /// The next bytes of a side.
    void bytes(long ts, Side side, byte[] bytes) {
        if (bytes.length == 0) {
            return;
        }
        if (roles == Roles.UNDECIDED) {
            held.add(new Run(ts, side == Side.ORIGINATOR, bytes));
            decide();
        } else {
            read(ts, side, bytes);
        }
    }

    /// Bytes of a side are missing.
    void gap(long ts, Side side, long missing) {
        if (roles == Roles.UNDECIDED) {
            return; // what is there still tells
        }
        flushOutput();
        line = new byte[0];
        voice.ofFamily(family()).gap(ts, speaker(side), missing);
    }

    /// The wake-up it asked for has come.
    void idle(long now) {
        wake = 0;
        if (output.length > 0 && now - outputLast >= IDLE_NANOS) {
            flushOutput();
        }
        askToBeWoken();
    }

    /// A side is over; answers whether both are, and everything was said.
    boolean ended(Side side) {
        ended |= side == Side.ORIGINATOR ? 1 : 2;
        if (ended == 3) {
            end();
        }
        return ended == 3;
    }

    /// The conversation is over: what was held is said.
    void end() {
        if (roles == Roles.UNDECIDED) {
            weigh();
        }
        if (roles == Roles.UNDECIDED) {
            settle(Roles.NO_SHELL);
        }
        flushOutput();
        if (line.length > 0) {
            endLine();
        }
    }

    // ---- who is who

    private void decide() {
        if (ShellSigns.isWorthLooking(held.size())) {
            weigh();
        }
    }

    private void weigh() {
        ByteArrayOutputStream originator = new ByteArrayOutputStream();
        ByteArrayOutputStream responder = new ByteArrayOutputStream();
        int total = 0;
        for (Run run : held) {
            (run.originator() ? originator : responder).writeBytes(run.bytes());
            total += run.bytes().length;
        }
        ShellSigns.Found found = ShellSigns.look(originator.toByteArray(), responder.toByteArray());
        if (found != null && found.isShell()) {
            flavour = found.flavour();
            why = found.why();
            settle(
                    found.implant() == Side.ORIGINATOR
                            ? Roles.ORIGINATOR_IMPLANT
                            : Roles.RESPONDER_IMPLANT);
        } else if (total > MAX_HELD || held.size() >= MAX_RUNS) {
            settle(Roles.NO_SHELL);
        }
    }

    private void settle(Roles decided) {
        roles = decided;
        List<Run> runs = held;
        held = new ArrayList<>();
        for (Run run : decided == Roles.NO_SHELL ? joined(runs) : runs) {
            read(run.ts(), run.originator() ? Side.ORIGINATOR : Side.RESPONDER, run.bytes());
        }
    }

    /// Runs of one side that follow each other, as one.
    private static List<Run> joined(List<Run> runs) {
        List<Run> joined = new ArrayList<>();
        for (Run run : runs) {
            Run last = joined.isEmpty() ? null : joined.getLast();
            if (last != null && last.originator() == run.originator()) {
                byte[] both = Arrays.copyOf(last.bytes(), last.bytes().length + run.bytes().length);
                System.arraycopy(run.bytes(), 0, both, last.bytes().length, run.bytes().length);
                joined.set(joined.size() - 1, new Run(last.ts(), last.originator(), both));
            } else {
                joined.add(run);
            }
        }
        return joined;
    }

    private Speaker speaker(Side side) {
        Side operator = operator();
        return operator == null
                ? Speaker.UNKNOWN
                : side == operator ? Speaker.OPERATOR : Speaker.IMPLANT;
    }

    /// Where the operator sits, as far as it is known.
    private @Nullable Side operator() {
        return switch (roles) {
            case UNDECIDED, NO_SHELL -> null;
            case ORIGINATOR_IMPLANT -> Side.RESPONDER;
            case RESPONDER_IMPLANT -> Side.ORIGINATOR;
        };
    }

    /// Speaks of a shell.
    private Voice shell() {
        return voice.ofFamily("shell").operatorAt(operator());
    }

    private String family() {
        return roles == Roles.NO_SHELL ? voice.layers().getLast() : "shell";
    }

    // ---- what they say

    private void read(long ts, Side side, byte[] bytes) {
        switch (speaker(side)) {
            case OPERATOR -> typed(ts, bytes);
            case IMPLANT -> said(ts, bytes);
            case UNKNOWN -> show(ts, side, bytes);
        }
    }

    private void typed(long ts, byte[] bytes) {
        ByteArrayOutputStream typed = new ByteArrayOutputStream();
        typed.writeBytes(line);
        for (byte octet : bytes) {
            if (octet == '\n' || octet == '\r') {
                line = typed.toByteArray();
                typed.reset();
                lineTs = lineTs == 0 ? ts : lineTs;
                endLine();
            } else if (octet == 0x7f || octet == '\b') {
                byte[] kept = typed.toByteArray();
                typed.reset();
                typed.write(kept, 0, Math.max(0, kept.length - 1));
            } else {
                lineTs = lineTs == 0 ? ts : lineTs;
                typed.write(octet);
                if (typed.size() >= MAX_LINE) {
                    line = typed.toByteArray();
                    typed.reset();
                    endLine();
                }
            }
        }
        line = typed.toByteArray();
    }

    private void endLine() {
        String text = ShellText.clean(line);
        long ts = lineTs;
        line = new byte[0];
        lineTs = 0;
        if (text.isBlank()) {
            return;
        }
        flushOutput(text);
        command = text.strip();
        shell().say(ts, Speaker.OPERATOR, Topic.SHELL, text, facts());
    }

    private void said(long ts, byte[] bytes) {
        if (output.length == 0) {
            outputTs = ts;
        }
        int old = output.length;
        output = Arrays.copyOf(output, old + bytes.length);
        System.arraycopy(bytes, 0, output, old, bytes.length);
        outputLast = ts;
        if (output.length >= MAX_OUTPUT) {
            flushOutput();
        }
        askToBeWoken();
    }

    private void askToBeWoken() {
        if (output.length > 0 && wake == 0) {
            wake = outputLast + IDLE_NANOS;
            voice.turn().wakeAt(wake);
        }
    }

    private void flushOutput() {
        flushOutput("");
    }

    /// Says what the implant said; `typed` is the line whose echo may stand at its end.
    private void flushOutput(String typed) {
        if (output.length == 0) {
            return;
        }
        String text = ShellText.clean(output);
        output = new byte[0];
        if (!typed.isEmpty() && text.stripTrailing().endsWith(typed.strip())) {
            String without = text.stripTrailing();
            text = without.substring(0, without.length() - typed.strip().length());
        }
        text = ShellText.withoutEcho(text, command);
        Matcher last = ShellText.PROMPT.matcher(text);
        if (last.find()) {
            prompt = last.group(1).stripTrailing();
            text = text.substring(0, last.start());
        }
        text = text.strip().isEmpty() ? "" : ShellText.trimLines(text);
        if (!text.isEmpty()) {
            shell().say(outputTs, Speaker.IMPLANT, Topic.SHELL, text, facts());
        }
    }

    private void show(long ts, Side side, byte[] bytes) {
        if (shown >= MAX_SHOWN) {
            return;
        }
        shown += bytes.length;
        String text = ShellText.clean(bytes);
        boolean binary = ShellSigns.isBinary(text) || text.contains("\ufffd");
        voice.ofFamily(family())
                .operatorAt(operator())
                .say(
                        ts,
                        Speaker.UNKNOWN,
                        binary ? Topic.BINARY : Topic.TEXT,
                        binary ? bytes.length + " bytes" : text.stripTrailing(),
                        Fact.of("from", side == Side.ORIGINATOR ? "originator" : "responder"),
                        Fact.of("bytes", bytes.length));
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        if (!why.isEmpty()) {
            facts.add(Fact.of("shell", flavour));
            facts.add(Fact.of("told_by", why));
            why = "";
        }
        if (!prompt.isEmpty()) {
            facts.add(Fact.of("prompt", prompt));
            prompt = "";
        }
        return facts;
    }
}
