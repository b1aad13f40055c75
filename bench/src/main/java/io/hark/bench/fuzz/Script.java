package io.hark.bench.fuzz;

import io.hark.bytes.BigEndian;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/// What happens on one connection, written so that any octets are a script and a small change of
/// them is a small change of what happens.
///
/// *Shape*: steps of an octet of instruction, two of length, then for data so many octets of it.
///
/// ```
///  0 1 2 3 4 5 6 7
/// +-+-----+-------+
/// |R| act | pause |   R: the responder does it; act: see below; pause: 0 is a millisecond,
/// +-+-----+-------+   else 2 to the power of it, in tenths of a second
/// ```
///
/// Acts: 0 to 3 one segment or datagram, 4 the same cut in three, 5 octet by octet, 6 a gap of that
/// length, 7 the side's end.
final class Script {

    private static final int STEP = 3;
    private static final int ACTS = 8;
    private static final int THIRDS = 4;
    private static final int OCTETS = 5;
    private static final int GAP = 6;
    private static final int END = 7;

    private static final int MAX_SHRED = 4096; // octets sent one by one in a step: keeps runs fast
    private static final long MILLI = 1_000_000L;

    /// Takes what happens.
    interface Stage {

        /// Data of a side, as one segment or datagram.
        void data(boolean responder, byte[] input, int at, int length);

        /// Octets of a side that nobody captured.
        void gap(boolean responder, int length);

        /// A side ended in order.
        void end(boolean responder);

        /// Time goes by.
        void pause(long nanos);
    }

    private Script() {}

    /// Plays the script.
    static void play(byte[] input, Stage stage) {
        int at = 0;
        while (at + STEP <= input.length) {
            int instruction = input[at] & 0xff;
            int length = BigEndian.u16(input, at + 1);
            at += STEP;
            boolean responder = (instruction & 1) != 0;
            int pause = instruction >> 4;
            stage.pause(pause == 0 ? MILLI : 100 * MILLI << pause);
            int act = instruction >> 1 & ACTS - 1;
            if (act == END) {
                stage.end(responder);
            } else if (act == GAP) {
                stage.gap(responder, length);
            } else {
                int n = Math.min(length, input.length - at);
                data(act, responder, input, at, n, stage);
                at += n;
            }
        }
    }

    private static void data(
            int act, boolean responder, byte[] input, int from, int length, Stage stage) {
        int size =
                switch (act) {
                    case THIRDS -> Math.max(1, length / 3);
                    case OCTETS -> length > MAX_SHRED ? length : 1;
                    default -> Math.max(1, length);
                };
        for (int at = 0; at < length; at += size) {
            stage.data(responder, input, from + at, Math.min(size, length - at));
        }
    }

    /// Writes scripts: seeds made of what was captured.
    static final class Writer {

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        /// A side sends that.
        void data(boolean responder, byte[] octets, int from, int to) {
            step(responder ? 1 : 0, to - from);
            out.writeBytes(Arrays.copyOfRange(octets, from, to));
        }

        /// A side ends.
        void end(boolean responder) {
            step(END << 1 | (responder ? 1 : 0), 0);
        }

        private void step(int instruction, int length) {
            out.write(instruction);
            out.write(length >> 8);
            out.write(length);
        }

        /// How long the script is.
        int size() {
            return out.size();
        }

        /// The script.
        byte[] octets() {
            return out.toByteArray();
        }
    }
}
