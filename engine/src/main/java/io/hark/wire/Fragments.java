package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts fragmented datagrams together: the rare, serial path, in the order of the frames.
///
/// Where fragments overlap and differ, the receiver's [OverlapPolicy] says whose bytes count, in
/// IPv6 too: RFC 5722 has hosts drop such a datagram, but what one sent is worth reading. A
/// datagram that is not whole after 30 seconds is given up.
///
/// *Source*: RFC 791 §3.2, RFC 8200 §4.5. *Thread*: the reader's.
final class Fragments {

    /// The longest datagram: header and 64 KB of payload.
    static final int MAX_DATAGRAM = (1 << 16) + 256;

    private static final int MAX_PENDING = 1024; // datagrams waiting at once; the oldest goes
    private static final int MAX_PIECES =
            128; // of one datagram: 64 KB in pieces of the smallest MTU
    private static final long GIVE_UP_NANOS = 30_000_000_000L;

    private record Key(long srcHi, long srcLo, long dstHi, long dstLo, long idAndProtocol) {}

    private record Piece(int from, byte[] bytes) {
        int to() {
            return from + bytes.length;
        }

        Piece part(int first, int end) {
            return new Piece(first, Arrays.copyOfRange(bytes, first - from, end - from));
        }
    }

    private static final class Pending {
        final List<Piece> pieces = new ArrayList<>(); // sorted, not overlapping
        final long since;
        byte[] header = new byte[0];
        int total = -1;

        /// What was wrong with them: [Chunk#FRAGMENTS_OVERLAP], [Chunk#FRAGMENTS_DIFFER].
        int odd;

        Pending(long since) {
            this.since = since;
        }

        boolean isWhole() {
            int at = 0;
            for (Piece piece : pieces) {
                if (piece.from != at) {
                    return false;
                }
                at = piece.to();
            }
            return total >= 0 && at >= total && header.length > 0;
        }
    }

    private final Map<Key, Pending> pending = new LinkedHashMap<>();
    private final Targets targets;
    private long fragments;
    private long givenUp;
    private long overlapping;

    Fragments(Targets targets) {
        this.targets = targets;
    }

    /// Takes one fragment.
    ///
    /// @param ip where the IP header lies in the chunk
    /// @param headerLength its length up to what is fragmented
    /// @param from offset of the fragment's bytes in the datagram's payload
    /// @param more whether others follow
    /// @return where in the chunk's spare room the whole datagram now lies, or -1
    int add(
            Chunk chunk,
            int frame,
            int ip,
            int headerLength,
            boolean v6,
            long id,
            int protocol,
            int from,
            int payload,
            int length,
            boolean more) {
        fragments++;
        byte[] memory = chunk.memory;
        Key key = key(memory, ip, v6, id << 8 | protocol);
        long now = chunk.ts[frame];
        Pending whole = pending.get(key);
        if (whole != null && now - whole.since > GIVE_UP_NANOS) {
            pending.remove(key);
            givenUp++;
            whole = null;
        }
        if (whole == null) {
            if (pending.size() >= MAX_PENDING) {
                pending.remove(pending.keySet().iterator().next());
                givenUp++;
            }
            whole = new Pending(now);
            pending.put(key, whole);
        }
        if (from + length > 1 << 16 || whole.pieces.size() >= MAX_PIECES) {
            pending.remove(key);
            givenUp++;
            return -1;
        }
        if (from == 0 && whole.header.length == 0) {
            whole.header = new byte[headerLength];
            System.arraycopy(memory, ip, whole.header, 0, headerLength);
        }
        if (!more) {
            if (whole.total < 0) {
                whole.total = from + length;
            } else if (whole.total != from + length) {
                whole.odd |= Chunk.FRAGMENTS_DIFFER;
            }
        }
        byte[] bytes = new byte[length];
        System.arraycopy(memory, payload, bytes, 0, length);
        settle(whole, chunk, ip, v6, from, bytes);
        insert(whole.pieces, from, bytes);
        if (!whole.isWhole()) {
            return -1;
        }
        pending.remove(key);
        chunk.flags[frame] |= (byte) whole.odd;
        return write(chunk, whole, v6);
    }

    /// Takes out of the pieces what a later fragment tells otherwise, where that counts.
    private void settle(Pending whole, Chunk chunk, int ip, boolean v6, int from, byte[] bytes) {
        List<Piece> pieces = whole.pieces;
        int to = from + bytes.length;
        for (int i = 0; i < pieces.size() && pieces.get(i).from < to; i++) {
            Piece old = pieces.get(i);
            int a = Math.max(from, old.from);
            int b = Math.min(to, old.to());
            if (a >= b) {
                continue;
            }
            boolean same =
                    Arrays.equals(old.bytes, a - old.from, b - old.from, bytes, a - from, b - from);
            if (same) { // a fragment that came twice is no trick
                if (old.from != from || old.to() != to) {
                    whole.odd |= Chunk.FRAGMENTS_OVERLAP;
                    overlapping++;
                }
                continue;
            }
            whole.odd |= Chunk.FRAGMENTS_DIFFER;
            overlapping++;
            Addr receiver = Ip.address(chunk.memory, ip, v6, false);
            if (targets.of(receiver).takesFragment(from, to, old.from, old.to())) {
                pieces.remove(i);
                if (b < old.to()) {
                    pieces.add(i, old.part(b, old.to()));
                }
                if (old.from < a) {
                    pieces.add(i++, old.part(old.from, a));
                }
                i--;
            }
        }
    }

    private static void insert(List<Piece> pieces, int from, byte[] bytes) {
        int at = from;
        int end = from + bytes.length;
        int i = 0;
        while (at < end) {
            while (i < pieces.size() && pieces.get(i).to() <= at) {
                i++;
            }
            int next = i < pieces.size() ? pieces.get(i).from : Integer.MAX_VALUE;
            if (at < next) {
                int to = Math.min(end, next);
                byte[] part = new byte[to - at];
                System.arraycopy(bytes, at - from, part, 0, part.length);
                pieces.add(i++, new Piece(at, part));
                at = to;
            } else {
                at = pieces.get(i).to();
            }
        }
    }

    private static int write(Chunk chunk, Pending whole, boolean v6) {
        int start = chunk.capacity + chunk.spareUsed;
        byte[] memory = chunk.memory;
        int header = whole.header.length;
        System.arraycopy(whole.header, 0, memory, start, header);
        for (Piece piece : whole.pieces) {
            int length = Math.min(piece.bytes.length, Math.max(0, whole.total - piece.from));
            System.arraycopy(piece.bytes, 0, memory, start + header + piece.from, length);
        }
        int length = Math.min(0xffff, v6 ? whole.total + header - 40 : whole.total + header);
        BigEndian.put16(memory, start + (v6 ? 4 : 2), length);
        if (!v6) {
            BigEndian.put16(memory, start + 6, 0); // no longer a fragment
            BigEndian.put16(memory, start + 10, 0);
            BigEndian.put16(memory, start + 10, ~Checksum.of(memory, start, header, 0));
        }
        chunk.spareUsed += header + whole.total;
        return start;
    }

    private static Key key(byte[] memory, int ip, boolean v6, long idAndProtocol) {
        if (v6) {
            return new Key(
                    BigEndian.i64(memory, ip + 8),
                    BigEndian.i64(memory, ip + 16),
                    BigEndian.i64(memory, ip + 24),
                    BigEndian.i64(memory, ip + 32),
                    idAndProtocol);
        }
        return new Key(
                0,
                BigEndian.i32(memory, ip + 12),
                0,
                BigEndian.i32(memory, ip + 16),
                idAndProtocol);
    }

    /// Fragments seen.
    long seen() {
        return fragments;
    }

    /// How often one overlapped another and was no copy of it.
    long overlapping() {
        return overlapping;
    }

    /// Datagrams that never became whole.
    long givenUp() {
        return givenUp + pending.size();
    }
}
