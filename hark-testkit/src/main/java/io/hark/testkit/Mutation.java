package io.hark.testkit;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/// A way to change a capture as the world might: the same seed makes the same capture.
public enum Mutation {
    /// Every TCP segment cut at random places into up to eight.
    PIECES(Keeps.ALL_BUT_PACKETS) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return recut(
                    capture,
                    length ->
                            cuts(length, 1 + random.nextInt(Math.min(MAX_PIECES, length)), random));
        }
    },
    /// The first octets of every TCP segment one by one, the rest whole.
    OCTETS(Keeps.ALL_BUT_PACKETS) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return recut(capture, length -> firstOctets(length));
        }
    },
    /// Every TCP segment in as many pieces as it has octets, up to 200.
    SHREDS(Keeps.ALL_BUT_PACKETS_AND_MESSAGES) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return recut(capture, length -> cuts(length, Math.min(length, MAX_SHREDS), random));
        }
    },
    /// Every frame twice, the second 50 µs later.
    DUPLICATES(Keeps.APPLICATION) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            List<Frame> out = new ArrayList<>();
            for (Frame frame : capture.frames()) {
                out.add(frame);
                out.add(frame.at(frame.nanos() + 50_000));
            }
            out.sort((a, b) -> Long.compare(a.nanos(), b.nanos()));
            return capture.with(out);
        }
    },
    /// One frame in ten missing.
    GAPS(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return capture.with(
                    capture.frames().stream().filter(frame -> random.nextInt(10) > 0).toList());
        }
    },
    /// Only the side that sent first, of every pair of hosts.
    FIRST_SIDE(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return oneSide(capture, true);
        }
    },
    /// Only the side that answered, of every pair of hosts.
    OTHER_SIDE(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return oneSide(capture, false);
        }
    },
    /// Up to three bits flipped behind the link layer, in one frame of four.
    BITS(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return capture.with(
                    capture.frames().stream().map(frame -> flip(frame, random)).toList());
        }
    },
    /// The first third missing: the capture begins in the middle.
    MID_FILE(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            List<Frame> frames = capture.frames();
            return capture.with(frames.subList(frames.size() / 3, frames.size()));
        }
    },
    /// The clock jumps forward a year in the middle.
    YEAR_FORWARD(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return jump(capture, YEAR_NANOS);
        }
    },
    /// The clock jumps back a year in the middle.
    YEAR_BACK(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            return jump(capture, -YEAR_NANOS);
        }
    },
    /// Neighbouring frames within 2 ms in the wrong order.
    SWAPPED(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            List<Frame> out = new ArrayList<>(capture.frames());
            for (int i = 0; i + 1 < out.size(); i++) {
                if (out.get(i + 1).nanos() - out.get(i).nanos() < 2_000_000
                        && random.nextBoolean()) {
                    Collections.swap(out, i, i + 1);
                    i++;
                }
            }
            return capture.with(out);
        }
    },
    /// Frames cut at 96 octets, as an old capture program does.
    SNAPPED(Keeps.NOTHING) {
        @Override
        public Capture apply(Capture capture, RandomGenerator random) {
            List<Frame> out = new ArrayList<>();
            for (Frame frame : capture.frames()) {
                int length = Math.min(SNAP, frame.octets().length);
                out.add(
                        new Frame(
                                frame.nanos(),
                                java.util.Arrays.copyOf(frame.octets(), length),
                                frame.originalLength()));
            }
            return capture.with(out);
        }
    };

    /// What of a sample's expectations must still hold after a mutation.
    public enum Keeps {
        /// Everything but the counts of packets and their headers' octets.
        ALL_BUT_PACKETS,
        /// The same without messages: a decoder is shown so many pieces of a stream before it must
        /// know its own.
        ALL_BUT_PACKETS_AND_MESSAGES,
        /// What protocols over TCP said: rows of `http`, `ssl`, `x509`, `ftp`, but not their times.
        APPLICATION,
        /// Nothing but that the analysis ends well and says the same with any number of workers.
        NOTHING
    }

    private static final int MAX_PIECES = 8;
    private static final int MAX_OCTETS =
            12; // alone, of a segment: enough for a record's or a message's head
    private static final int MAX_SHREDS = 200; // keeps a mutated sample a small file
    private static final int SNAP = 96;
    private static final long YEAR_NANOS = 365L * 24 * 3600 * 1_000_000_000;
    private static final int TCP_FIN = 1;
    private static final int TCP_SYN = 2;
    private static final int TCP_RST = 4;
    private static final int TCP_PSH = 8;

    private final Keeps keeps;

    Mutation(Keeps keeps) {
        this.keeps = keeps;
    }

    /// What must still hold.
    public Keeps keeps() {
        return keeps;
    }

    /// The mutated capture.
    public abstract Capture apply(Capture capture, RandomGenerator random);

    /// Where a payload of so many octets is cut: offsets of the pieces' ends.
    private interface Cuts {
        SortedSet<Integer> of(int length);
    }

    private static SortedSet<Integer> cuts(int length, int pieces, RandomGenerator random) {
        SortedSet<Integer> cuts = new TreeSet<>(Set.of(length));
        while (cuts.size() < pieces) {
            cuts.add(1 + random.nextInt(length - 1));
        }
        return cuts;
    }

    private static SortedSet<Integer> firstOctets(int length) {
        SortedSet<Integer> cuts = new TreeSet<>(Set.of(length));
        for (int i = 1; i <= MAX_OCTETS && i < length; i++) {
            cuts.add(i);
        }
        return cuts;
    }

    private static Capture recut(Capture capture, Cuts cuts) {
        List<Frame> out = new ArrayList<>();
        for (Frame frame : capture.frames()) {
            Packet packet = Packet.of(frame.octets(), capture.linkType());
            int payload =
                    packet == null || !packet.isTcp()
                            ? 0
                            : packet.end() - packet.tcpPayload(frame.octets());
            if (packet == null || payload < 2) {
                out.add(frame);
            } else {
                cut(frame, packet, cuts.of(payload), out);
            }
        }
        return capture.with(out);
    }

    private static void cut(Frame frame, Packet packet, SortedSet<Integer> cuts, List<Frame> out) {
        byte[] octets = frame.octets();
        int from = packet.tcpPayload(octets);
        int length = packet.end() - from;
        int sequence = Packet.u32(octets, packet.transport() + 4);
        int flags = octets[packet.transport() + 13] & 0xff;
        int at = 0;
        for (int cut : cuts) {
            int its = flags;
            if (at > 0) {
                its &= ~TCP_SYN;
            }
            if (cut < length) {
                its &= ~(TCP_FIN | TCP_RST | TCP_PSH);
            }
            int shift = at > 0 && (flags & TCP_SYN) != 0 ? 1 : 0;
            out.add(
                    Frame.whole(
                            frame.nanos(),
                            packet.withPayload(
                                    octets, sequence + at + shift, its, from + at, from + cut)));
            at = cut;
        }
    }

    private static Capture oneSide(Capture capture, boolean first) {
        Map<String, String> firstOf = new HashMap<>();
        List<Frame> out = new ArrayList<>();
        for (Frame frame : capture.frames()) {
            Packet packet = Packet.of(frame.octets(), capture.linkType());
            if (packet == null) {
                out.add(frame);
                continue;
            }
            String source = packet.sourceText(frame.octets());
            String opener = firstOf.computeIfAbsent(packet.pair(frame.octets()), pair -> source);
            if (opener.equals(source) == first) {
                out.add(frame);
            }
        }
        return capture.with(out);
    }

    private static Frame flip(Frame frame, RandomGenerator random) {
        int skip = 14;
        if (random.nextInt(4) > 0 || frame.octets().length <= skip) {
            return frame;
        }
        byte[] octets = frame.octets().clone();
        for (int bits = 1 + random.nextInt(3); bits > 0; bits--) {
            int at = skip + random.nextInt(octets.length - skip);
            octets[at] ^= (byte) (1 << random.nextInt(8));
        }
        return new Frame(frame.nanos(), octets, frame.originalLength());
    }

    private static Capture jump(Capture capture, long byNanos) {
        List<Frame> frames = capture.frames();
        List<Frame> out = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            Frame frame = frames.get(i);
            out.add(i < frames.size() / 2 ? frame : frame.at(frame.nanos() + byNanos));
        }
        return capture.with(out);
    }
}
