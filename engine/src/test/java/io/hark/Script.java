package io.hark;

import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What the two sides of a connection send, step by step, and ways to take it apart. Steps are a
/// millisecond apart; what a step is taken apart into keeps its time.
public final class Script {

    private static final long MILLI = 1_000_000;
    private static final int MAX_PIECE =
            40; // bytes of a random piece: small enough to cut inside headers

    private final List<Step> steps = new ArrayList<>();

    /// Bytes, or a gap, or the end of one side's stream.
    public record Step(long nanos, Side side, byte[] bytes, long gap, boolean end) {}

    /// The originator sends text (Latin-1).
    public Script originator(String text) {
        return originator(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The responder sends text (Latin-1).
    public Script responder(String text) {
        return responder(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The originator sends bytes.
    public Script originator(byte[] bytes) {
        return add(Side.ORIGINATOR, bytes, 0, false);
    }

    /// The responder sends bytes.
    public Script responder(byte[] bytes) {
        return add(Side.RESPONDER, bytes, 0, false);
    }

    /// Bytes are missing.
    public Script gap(Side side, long bytes) {
        return add(side, new byte[0], bytes, false);
    }

    /// A side ends in order.
    public Script end(Side side) {
        return add(side, new byte[0], 0, true);
    }

    private Script add(Side side, byte[] bytes, long gap, boolean end) {
        steps.add(new Step(MILLI * (steps.size() + 1), side, bytes, gap, end));
        return this;
    }

    /// All steps.
    public List<Step> steps() {
        return List.copyOf(steps);
    }

    /// Every byte a step.
    public static List<Step> byteByByte(List<Step> script) {
        return cut(script, 1, new Random(0));
    }

    /// Random pieces of at most 40 bytes.
    public static List<Step> pieces(List<Step> script, long seed) {
        return cut(script, MAX_PIECE, new Random(seed));
    }

    private static List<Step> cut(List<Step> script, int most, Random random) {
        List<Step> out = new ArrayList<>();
        for (Step step : script) {
            if (step.bytes.length == 0) {
                out.add(step);
            }
            for (int at = 0; at < step.bytes.length; ) {
                int to = Math.min(step.bytes.length, at + 1 + random.nextInt(most));
                out.add(new Step(step.nanos, step.side, slice(step.bytes, at, to), 0, false));
                at = to;
            }
        }
        return out;
    }

    /// What one side sends.
    public static List<Step> only(List<Step> script, Side side) {
        return script.stream().filter(step -> step.side == side).toList();
    }

    /// Begins somewhere in the middle of a random step.
    public static List<Step> tail(List<Step> script, long seed) {
        Random random = new Random(seed);
        int first = random.nextInt(script.size());
        Step step = script.get(first);
        List<Step> out = new ArrayList<>(script.subList(first, script.size()));
        int at = step.bytes.length == 0 ? 0 : random.nextInt(step.bytes.length);
        out.set(
                0,
                new Step(
                        step.nanos,
                        step.side,
                        slice(step.bytes, at, step.bytes.length),
                        step.gap,
                        step.end));
        return out;
    }

    /// A run of bytes of one or several steps is missing.
    public static List<Step> gaps(List<Step> script, long seed) {
        Random random = new Random(seed);
        List<Step> out = new ArrayList<>();
        for (Step step : script) {
            int length = step.bytes.length;
            if (length == 0 || random.nextInt(3) > 0) {
                out.add(step);
                continue;
            }
            int from = random.nextInt(length);
            int to = from + 1 + random.nextInt(length - from);
            if (from > 0) {
                out.add(new Step(step.nanos, step.side, slice(step.bytes, 0, from), 0, false));
            }
            out.add(new Step(step.nanos, step.side, new byte[0], to - from, false));
            if (to < length) {
                out.add(new Step(step.nanos, step.side, slice(step.bytes, to, length), 0, false));
            }
        }
        return out;
    }

    /// Up to eight bits are flipped.
    public static List<Step> flips(List<Step> script, long seed) {
        Random random = new Random(seed);
        List<Step> out = new ArrayList<>(script);
        for (int i = random.nextInt(8); i >= 0; i--) {
            int which = random.nextInt(out.size());
            Step step = out.get(which);
            if (step.bytes.length > 0) {
                byte[] bytes = step.bytes.clone();
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                out.set(which, new Step(step.nanos, step.side, bytes, 0, false));
            }
        }
        return out;
    }

    static byte[] slice(byte[] bytes, int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    static byte[] join(byte[] one, byte[] other) {
        byte[] all = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, all, one.length, other.length);
        return all;
    }
}
