package io.hark.wire;

import io.hark.event.Side;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// One connection as the worker keeps it: identity, counters, TCP state, shape.
///
/// *Shape*: the endpoints are kept in canonical order (the lower address and port is A); [#flipped]
/// tells that B is the originator. Each side has a [Half] of its own. Sequence numbers are kept
/// relative to the side's first (its SYN is 0), unwrapped to 64 bits.
///
/// *Thread*: one owner, the worker. *Lifetime*: used again for another connection when it is over,
/// so that nothing is allocated for one of few packets.
final class Flow {

    private static final int MAX_HISTORY = 43; // letters; Zeek's own logs hold hardly any longer
    private static final int NO_VLAN = -1;
    private static final long MICROS =
            0xffff_ffffL; // of a payload segment, between it and the last

    /// Place in [Flows], and how often it was given back: tells a timer that its connection is
    /// gone.
    final int number;

    int generation;
    long hash;

    private long aHi;
    private long aLo;
    private long bHi;
    private long bLo;
    private int ports;
    short protocol; // small numbers, as there is a flow for each connection

    /// Key of the tunnel it came in, 0 for none.
    long around;

    /// The tunnel it came in.
    @Nullable Tunnel tunnel;

    /// What its datagrams carry, one of the numbers of [Tunnels]; 0 where none was looked into.
    byte carries;

    int vlan;

    /// B is the originator.
    boolean flipped;

    /// Some sequence state is not to be trusted: the beginning was not seen.
    boolean partial;

    /// Nobody knows what it carries, and nobody looks any more.
    boolean opaque;

    /// Bytes of it may only have come the wrong way round.
    boolean awaits;

    /// Which kinds of anomaly were told of it.
    long told;

    /// What reads it, made with its first payload.
    @Nullable Talk talk;

    long first;
    long last;

    /// Of its first packet: the frame's, and the packet's place in it.
    long ordinal;

    /// Time between a question and its answer; 0 where there was none; below that the time of a
    /// question that waits for its answer, negated.
    private long roundTrip;

    short updates;

    /// What the last update reported: bytes and packets, originator first.
    private long @Nullable [] reported;

    private Half originator = new Half();
    private Half responder = new Half();

    private byte[] history = new byte[12];
    private byte historyLength;

    private long[] segments = new long[1]; // length, negative for the responder's; 32 bits of gap
    private byte payloads;
    private long lastPayload;

    Flow(int number) {
        this.number = number;
    }

    boolean is(Tuple t) {
        return aLo == t.aLo
                && bLo == t.bLo
                && ports == t.ports
                && protocol == t.protocol
                && aHi == t.aHi
                && bHi == t.bHi
                && around == t.around;
    }

    /// Begins anew with another connection.
    void begin(Tuple t) {
        hash = t.hash;
        aHi = t.aHi;
        aLo = t.aLo;
        bHi = t.bHi;
        bLo = t.bLo;
        ports = t.ports;
        protocol = (short) t.protocol;
        around = t.around;
        tunnel = null;
        carries = 0;
        vlan = NO_VLAN;
        flipped = false;
        partial = false;
        opaque = false;
        awaits = false;
        told = 0;
        talk = null;
        first = 0;
        last = 0;
        ordinal = 0;
        roundTrip = 0;
        updates = 0;
        reported = null;
        originator.clear();
        responder.clear();
        historyLength = 0;
        payloads = 0;
        lastPayload = 0;
    }

    /// What that side did.
    Half half(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }

    /// The address of that side.
    Addr host(Side side, Hosts hosts) {
        boolean a = side == Side.ORIGINATOR != flipped;
        return a ? hosts.of(aHi, aLo) : hosts.of(bHi, bLo);
    }

    /// The port of that side.
    int port(Side side) {
        boolean a = side == Side.ORIGINATOR != flipped;
        return a ? ports >>> 16 : ports & 0xffff;
    }

    /// Notes what an update reports; answers what the last one did.
    long[] report(long[] counts) {
        long[] before = reported == null ? new long[counts.length] : reported;
        reported = counts;
        return before;
    }

    /// Reads what the next packet will need of what hangs on it; the value means nothing.
    long touch() {
        Talk reader = talk;
        return originator.packets
                + responder.packets
                + (reader == null ? 0 : reader.directions.touch());
    }

    // ---- history

    /// Adds a letter, lower case for the responder.
    void history(Side side, char letter) {
        if (historyLength < MAX_HISTORY) {
            if (historyLength == history.length) {
                history = Arrays.copyOf(history, Math.min(MAX_HISTORY, 2 * historyLength));
            }
            int shown = side == Side.ORIGINATOR ? letter : Character.toLowerCase(letter);
            history[historyLength++] = (byte) shown;
        }
    }

    /// Adds the letter the first time only.
    void historyOnce(Side side, int bit, char letter) {
        Half half = half(side);
        if ((half.said & bit) == 0) {
            half.said = (byte) (half.said | bit);
            history(side, letter);
        }
    }

    /// Adds a letter for the 1st, 10th, 100th … of its kind, as Zeek does.
    void historyScaled(Side side, int nth, char letter) {
        if (nth == 1
                || nth == 10
                || nth == 100
                || nth == 1000
                || nth == 10_000
                || nth == 100_000
                || nth == 1_000_000) {
            history(side, letter);
        }
    }

    String history() {
        return new String(history, 0, historyLength, StandardCharsets.US_ASCII);
    }

    // ---- round trip

    /// A question was put.
    void asked(long now) {
        if (roundTrip <= 0) {
            roundTrip = -now;
        }
    }

    /// A packet of that side: the first question and its answer give the round trip.
    void answered(Side side, long now) {
        if (side == Side.ORIGINATOR) {
            if (roundTrip == 0) {
                roundTrip = -now;
            }
        } else if (roundTrip < 0) {
            roundTrip = Math.max(1, now + roundTrip);
        }
    }

    /// Time between the first question and its answer, 0 where it is not known.
    long rtt() {
        return Math.max(0, roundTrip);
    }

    // ---- shape: the first payload segments

    /// How many payloads were seen, [Shape#SEGMENTS] at most.
    int payloads() {
        return payloads;
    }

    /// Notes a payload segment; of what comes behind the first 32 nothing is kept.
    void payload(Side side, int length, long nanos) {
        if (payloads == Shape.SEGMENTS) {
            return;
        }
        if (payloads == segments.length) {
            segments = Arrays.copyOf(segments, 2 * payloads);
        }
        long shown = Math.min(length, Short.MAX_VALUE);
        long micros = payloads == 0 ? 0 : Math.max(0, nanos - lastPayload) / 1000;
        segments[payloads++] =
                (side == Side.ORIGINATOR ? shown : -shown) << 32 | Math.min(micros, MICROS);
        lastPayload = nanos;
    }

    long[] payloadLengths() {
        long[] signed = new long[payloads];
        for (int i = 0; i < payloads; i++) {
            signed[i] = segments[i] >> 32;
        }
        return signed;
    }

    long[] payloadGaps() {
        long[] nanos = new long[payloads];
        for (int i = 0; i < payloads; i++) {
            nanos[i] = (segments[i] & MICROS) * 1000;
        }
        return nanos;
    }

    /// Swaps the sides: who was taken for the originator is the responder. The letters so far tell
    /// of the true sides then, behind the one that says so. Not once something reads it: that has
    /// told of it under the name that these sides give it.
    void flip() {
        flipped = !flipped;
        Half one = originator;
        originator = responder;
        responder = one;
        for (int i = 0; i < payloads; i++) {
            segments[i] = -(segments[i] >> 32) << 32 | segments[i] & MICROS;
        }
        for (int i = 0; i < historyLength; i++) {
            char letter = (char) history[i];
            boolean upper = Character.isUpperCase(letter);
            history[i] =
                    (byte) (upper ? Character.toLowerCase(letter) : Character.toUpperCase(letter));
        }
        history(Side.ORIGINATOR, '^');
        System.arraycopy(history, 0, history, 1, historyLength - 1);
        history[0] = '^';
    }
}
