package io.hark.wire;

import io.hark.event.Side;
import io.hark.schema.Addr;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/// A flyweight over one connection's slot in native memory: identity, counters, TCP state, shape.
///
/// *Shape*: the endpoints are kept in canonical order (the lower address and port is A); [#FLIPPED]
/// tells that B is the originator. Each side has a block of its own. Sequence numbers are kept
/// relative to the side's first (its SYN is 0), unwrapped to 64 bits.
///
/// This file is long because every field of the slot has a name, a reader and a writer here.
///
/// *Thread*: one owner, the worker. *Lifetime*: until the slot is given back.
final class Slot {

    // identity
    private static final int HASH = 0;
    private static final int A_HI = 8;
    private static final int A_LO = 16;
    private static final int B_HI = 24;
    private static final int B_LO = 32;
    private static final int PORTS = 40;
    private static final int PROTOCOL = 44;
    private static final int BITS = 45;
    private static final int VLAN = 48;
    private static final int TALK = 52;
    private static final int AROUND = 56;
    // times
    private static final int FIRST = 64;
    private static final int LAST = 72;
    private static final int ORDINAL = 80;
    private static final int RTT = 88;
    private static final int SYN_AT = 96;
    // the rest
    private static final int TUNNEL = 104;
    private static final int UPDATES = 108;
    private static final int REPORTED = 112; // four longs
    private static final int SEEN = 144; // bits of history
    private static final int HISTORY_LENGTH = 148;
    private static final int HISTORY = 149;
    static final int MAX_HISTORY = 43;
    private static final int PAYLOADS = 192;
    private static final int LAST_PAYLOAD = 200;
    private static final int SIDES = 208;
    private static final int SIDE_BYTES = 96;
    private static final int LENGTHS = SIDES + 2 * SIDE_BYTES; // 32 shorts
    private static final int GAPS = LENGTHS + 2 * Shape.SEGMENTS; // 32 ints, microseconds
    static final int BYTES = (GAPS + 4 * Shape.SEGMENTS + 63) & ~63;

    // one side
    static final int PACKETS = 0;
    static final int IP_BYTES = 8;
    static final int PAYLOAD = 16;
    static final int MISSED = 24;
    static final int LAST_SEQ = 32;
    static final int ACK_SEQ = 40;
    static final int FIN_SEQ = 48;
    private static final int START_SEQ = 56;
    private static final int STATE = 60;
    private static final int PREVIOUS = 61;
    private static final int TTL = 62;
    private static final int MAC = 64;
    private static final int COUNTS = 72; // four ints: checksum, gap, retransmission, zero window
    private static final int ENTROPY = 88;
    private static final int PRINTABLE = 90;
    private static final int SET_BITS = 92;
    private static final int SIDE_BITS = 94;

    /// B is the originator.
    static final int FLIPPED = 1;

    /// Some sequence state is not to be trusted: the beginning was not seen.
    static final int PARTIAL = 2;

    /// A packet of the originator, of the responder was seen.
    static final int ORIG_SEEN = 4;

    static final int RESP_SEEN = 8;

    /// Nobody knows what it carries, and nobody looks any more.
    static final int OPAQUE = 16;

    // bits of a side
    static final int HAS_MAC = 1;
    static final int HAS_TTL = 2;
    static final int HAS_STATS = 4;
    static final int CLOSED = 8;
    static final int GOOD_CHECKSUM = 16;
    static final int HAS_FIN = 32;

    private MemorySegment m = MemorySegment.NULL;
    private long b;
    int number;

    void wrap(MemorySegment memory, long base, int slotNumber) {
        m = memory;
        b = base;
        number = slotNumber;
    }

    void clear() {
        m.asSlice(b, BYTES).fill((byte) 0);
    }

    boolean is(long aHi, long aLo, long bHi, long bLo, int ports, int protocol, long around) {
        return getLong(A_LO) == aLo
                && getLong(B_LO) == bLo
                && getInt(PORTS) == ports
                && (getByte(PROTOCOL) & 0xff) == protocol
                && getLong(A_HI) == aHi
                && getLong(B_HI) == bHi
                && getLong(AROUND) == around;
    }

    void identity(long aHi, long aLo, long bHi, long bLo, int ports, int protocol, long around) {
        setLong(A_HI, aHi);
        setLong(A_LO, aLo);
        setLong(B_HI, bHi);
        setLong(B_LO, bLo);
        setInt(PORTS, ports);
        m.set(ValueLayout.JAVA_BYTE, b + PROTOCOL, (byte) protocol);
        setLong(AROUND, around);
    }

    // ---- whole connection

    long hash() {
        return getLong(HASH);
    }

    void hash(long value) {
        setLong(HASH, value);
    }

    int protocol() {
        return getByte(PROTOCOL) & 0xff;
    }

    long around() {
        return getLong(AROUND);
    }

    boolean has(int bit) {
        return (getByte(BITS) & bit) != 0;
    }

    void set(int bit, boolean on) {
        int bits = getByte(BITS);
        m.set(ValueLayout.JAVA_BYTE, b + BITS, (byte) (on ? bits | bit : bits & ~bit));
    }

    /// The address of that side.
    Addr host(Side side) {
        boolean a = side == Side.ORIGINATOR != has(FLIPPED);
        return a ? new Addr(getLong(A_HI), getLong(A_LO)) : new Addr(getLong(B_HI), getLong(B_LO));
    }

    /// The port of that side.
    int port(Side side) {
        boolean a = side == Side.ORIGINATOR != has(FLIPPED);
        return a ? getInt(PORTS) >>> 16 : getInt(PORTS) & 0xffff;
    }

    int vlan() {
        return getInt(VLAN);
    }

    void vlan(int value) {
        setInt(VLAN, value);
    }

    /// Number of the heap part in the engine's list, 0 for none.
    int talk() {
        return getInt(TALK);
    }

    void talk(int value) {
        setInt(TALK, value);
    }

    long first() {
        return getLong(FIRST);
    }

    void first(long nanos) {
        setLong(FIRST, nanos);
    }

    long last() {
        return getLong(LAST);
    }

    void last(long nanos) {
        setLong(LAST, nanos);
    }

    long ordinal() {
        return getLong(ORDINAL);
    }

    void ordinal(long value) {
        setLong(ORDINAL, value);
    }

    long rtt() {
        return getLong(RTT);
    }

    void rtt(long nanos) {
        setLong(RTT, nanos);
    }

    /// When the question was put whose answer gives the round trip; 0 for none.
    long askedAt() {
        return getLong(SYN_AT);
    }

    void askedAt(long nanos) {
        setLong(SYN_AT, nanos);
    }

    int tunnel() {
        return getInt(TUNNEL);
    }

    void tunnel(int value) {
        setInt(TUNNEL, value);
    }

    int updates() {
        return getInt(UPDATES);
    }

    void updates(int value) {
        setInt(UPDATES, value);
    }

    /// What the last update reported: bytes and packets, originator first.
    long reported(int i) {
        return getLong(REPORTED + 8 * i);
    }

    void reported(int i, long value) {
        setLong(REPORTED + 8 * i, value);
    }

    // ---- history

    /// Adds a letter, lower case for the responder.
    void history(Side side, char letter) {
        int n = getByte(HISTORY_LENGTH);
        if (n < MAX_HISTORY) {
            char shown = side == Side.ORIGINATOR ? letter : Character.toLowerCase(letter);
            m.set(ValueLayout.JAVA_BYTE, b + HISTORY + n, (byte) shown);
            m.set(ValueLayout.JAVA_BYTE, b + HISTORY_LENGTH, (byte) (n + 1));
        }
    }

    /// Adds the letter the first time only.
    boolean historyOnce(Side side, int bit, char letter) {
        int mask = side == Side.ORIGINATOR ? bit : bit << 16;
        int seen = getInt(SEEN);
        if ((seen & mask) != 0) {
            return false;
        }
        setInt(SEEN, seen | mask);
        history(side, letter);
        return true;
    }

    /// Adds a letter for the 1st, 10th, 100th … of its kind, as Zeek does.
    void historyScaled(Side side, int kind, char letter) {
        int n = count(side, kind);
        if (n == 1
                || n == 10
                || n == 100
                || n == 1000
                || n == 10_000
                || n == 100_000
                || n == 1_000_000) {
            history(side, letter);
        }
    }

    /// A datagram of that side: the first question and its answer give the round trip.
    void answered(Side side, long now) {
        if (side == Side.ORIGINATOR) {
            if (askedAt() == 0) {
                askedAt(now);
            }
        } else if (rtt() == 0 && askedAt() != 0) {
            rtt(Math.max(1, now - askedAt()));
        }
    }

    String history() {
        int n = getByte(HISTORY_LENGTH);
        byte[] letters = new byte[n];
        MemorySegment.copy(m, ValueLayout.JAVA_BYTE, b + HISTORY, letters, 0, n);
        return new String(letters, StandardCharsets.US_ASCII);
    }

    // ---- sides

    private int at(Side side) {
        return SIDES + (side == Side.ORIGINATOR ? 0 : SIDE_BYTES);
    }

    long get(Side side, int field) {
        return getLong(at(side) + field);
    }

    void set(Side side, int field, long value) {
        setLong(at(side) + field, value);
    }

    void add(Side side, int field, long value) {
        int at = at(side) + field;
        setLong(at, getLong(at) + value);
    }

    int startSeq(Side side) {
        return getInt(at(side) + START_SEQ);
    }

    /// Starts the side's sequence space: its SYN is 0, its first byte 1.
    void startSeq(Side side, int seq) {
        setInt(at(side) + START_SEQ, seq);
        set(side, ACK_SEQ, 0);
        set(side, LAST_SEQ, 0);
    }

    /// A sequence number as an offset from the side's first, unwrapped to the value nearest to
    /// `near`.
    long relative(Side side, int seq, long near) {
        return near + (seq - (startSeq(side) + (int) near));
    }

    int state(Side side) {
        return getByte(at(side) + STATE);
    }

    int previousState(Side side) {
        return getByte(at(side) + PREVIOUS);
    }

    void state(Side side, int state) {
        int at = at(side) + STATE;
        int old = getByte(at);
        if (old != state) {
            m.set(ValueLayout.JAVA_BYTE, b + at + 1, (byte) old);
            m.set(ValueLayout.JAVA_BYTE, b + at, (byte) state);
        }
    }

    int ttl(Side side) {
        return getByte(at(side) + TTL) & 0xff;
    }

    void ttl(Side side, byte value) {
        m.set(ValueLayout.JAVA_BYTE, b + at(side) + TTL, value);
    }

    long mac(Side side) {
        return getLong(at(side) + MAC);
    }

    void mac(Side side, long value) {
        setLong(at(side) + MAC, value);
    }

    boolean has(Side side, int bit) {
        return (getByte(at(side) + SIDE_BITS) & bit) != 0;
    }

    void set(Side side, int bit, boolean on) {
        int at = at(side) + SIDE_BITS;
        m.set(ValueLayout.JAVA_BYTE, b + at, (byte) (on ? getByte(at) | bit : getByte(at) & ~bit));
    }

    /// Counts one of a kind of thing (0 to 3) and answers how many there were.
    int count(Side side, int kind) {
        int at = at(side) + COUNTS + 4 * kind;
        int n = getInt(at) + 1;
        setInt(at, n);
        return n;
    }

    void stats(Side side, int entropyMilli, int printableMilli, int setBitsMilli) {
        m.set(Chunk.U16, b + at(side) + ENTROPY, (short) entropyMilli);
        m.set(Chunk.U16, b + at(side) + PRINTABLE, (short) printableMilli);
        m.set(Chunk.U16, b + at(side) + SET_BITS, (short) setBitsMilli);
        set(side, HAS_STATS, true);
    }

    double entropy(Side side) {
        return m.get(Chunk.U16, b + at(side) + ENTROPY) / 1000.0;
    }

    double printable(Side side) {
        return m.get(Chunk.U16, b + at(side) + PRINTABLE) / 1000.0;
    }

    double setBits(Side side) {
        return m.get(Chunk.U16, b + at(side) + SET_BITS) / 1000.0;
    }

    // ---- shape: the first payload segments

    int payloads() {
        return getInt(PAYLOADS);
    }

    /// Notes a payload segment; what comes behind the first 32 only counts.
    void payload(Side side, int length, long nanos) {
        int n = getInt(PAYLOADS);
        if (n < Shape.SEGMENTS) {
            int shown = Math.min(length, Short.MAX_VALUE);
            m.set(
                    Chunk.U16,
                    b + LENGTHS + 2 * n,
                    (short) (side == Side.ORIGINATOR ? shown : -shown));
            long gap = n == 0 ? 0 : Math.max(0, nanos - getLong(LAST_PAYLOAD)) / 1000;
            setInt(GAPS + 4 * n, (int) Math.min(gap, 0xffff_ffffL));
            setLong(LAST_PAYLOAD, nanos);
            setInt(PAYLOADS, n + 1);
        }
    }

    long[] payloadLengths() {
        long[] lengths = new long[payloads()];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = m.get(Chunk.U16, b + LENGTHS + 2 * i);
        }
        return lengths;
    }

    long[] payloadGaps() {
        long[] gaps = new long[payloads()];
        for (int i = 0; i < gaps.length; i++) {
            gaps[i] = (getInt(GAPS + 4 * i) & 0xffff_ffffL) * 1000;
        }
        return gaps;
    }

    /// Swaps the sides: who was taken for the originator is the responder.
    void flip() {
        set(FLIPPED, !has(FLIPPED));
        for (int i = 0; i < SIDE_BYTES; i += 8) {
            long one = getLong(SIDES + i);
            setLong(SIDES + i, getLong(SIDES + SIDE_BYTES + i));
            setLong(SIDES + SIDE_BYTES + i, one);
        }
        boolean orig = has(ORIG_SEEN);
        set(ORIG_SEEN, has(RESP_SEEN));
        set(RESP_SEEN, orig);
        int seen = getInt(SEEN);
        setInt(SEEN, seen << 16 | seen >>> 16);
        for (int i = 0; i < payloads(); i++) {
            long at = b + LENGTHS + 2L * i;
            m.set(Chunk.U16, at, (short) -m.get(Chunk.U16, at));
        }
        history(Side.ORIGINATOR, '^');
    }

    private byte getByte(int offset) {
        return m.get(ValueLayout.JAVA_BYTE, b + offset);
    }

    private int getInt(int offset) {
        return m.get(ValueLayout.JAVA_INT, b + offset);
    }

    private void setInt(int offset, int value) {
        m.set(ValueLayout.JAVA_INT, b + offset, value);
    }

    private long getLong(int offset) {
        return m.get(ValueLayout.JAVA_LONG, b + offset);
    }

    private void setLong(int offset, long value) {
        m.set(ValueLayout.JAVA_LONG, b + offset, value);
    }
}
