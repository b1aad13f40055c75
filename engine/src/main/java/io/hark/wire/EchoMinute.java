package io.hark.wire;

import io.hark.bytes.BigEndian;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.IcmpEcho;
import org.jspecify.annotations.Nullable;

/// What two hosts echoed to each other within a minute.
final class EchoMinute extends Minute {

    /// Requests that a reply is looked for among: the round trips of a flood.
    private static final int OPEN = 32;

    /// Identifiers that are told apart: programs that ping the same host at once.
    private static final int MAX_IDENTIFIERS = 16;

    /// Payloads of a minute whose entropy is measured; a mean of more would be the same.
    private static final int MEASURED = 64;

    /// Where ping programs write the time: 16 octets on 64-bit systems, 8 on others.
    private static final int STAMP = 16;

    private static final int COMPARED =
            2048; // octets of a payload, more than any frame's but jumbo

    private final String uid;
    private final Endpoints id;
    private final Way asked = new Way();
    private final Way answered = new Way();
    private final int[] openKeys;
    private final long[] openPrints;
    private int opened;
    private long changed;
    private long altered;
    private long unasked;
    private final int[] identifiers = new int[MAX_IDENTIFIERS];
    private int identifierCount;
    private int lastKey;
    private long lastPrint;
    private long steps;
    private long repeats;
    private long lastRequest;
    private long gapMin = Long.MAX_VALUE;
    private long gapMax = -1;

    /// What went one way.
    private static final class Way {
        long packets;
        long bytes;
        int shortest = Integer.MAX_VALUE;
        int longest;
        double entropy;
        int measured;

        void add(int length, double bits) {
            packets++;
            bytes += length;
            shortest = Math.min(shortest, length);
            longest = Math.max(longest, length);
            if (bits >= 0) {
                entropy += bits;
                measured++;
            }
        }

        @Nullable Integer shortest() {
            return packets == 0 ? null : shortest;
        }

        @Nullable Integer longest() {
            return packets == 0 ? null : longest;
        }

        @Nullable Double entropy() {
            return measured == 0 ? null : entropy / measured;
        }
    }

    /// @param before the minute before, whose last requests may still be answered
    EchoMinute(
            Pair pair,
            long first,
            long tie,
            String uid,
            Endpoints id,
            @Nullable EchoMinute before) {
        super(pair, first, tie);
        this.uid = uid;
        this.id = id;
        this.openKeys = before == null ? new int[OPEN] : before.openKeys;
        this.openPrints = before == null ? new long[OPEN] : before.openPrints;
        this.opened = before == null ? 0 : before.opened;
    }

    /// Who asks whom.
    Endpoints id() {
        return id;
    }

    /// A request.
    ///
    /// @param at where its payload is
    /// @param there how much of it was captured
    /// @param length how long it is
    /// @param key identifier and sequence number
    void request(long now, byte[] m, int at, int there, int length, int key, Shape shape) {
        long print = print(m, Math.min(at + STAMP, at + there), at + there);
        if (asked.packets > 0) {
            changed += print != lastPrint ? 1 : 0;
            long gap = Math.max(0, now - lastRequest);
            gapMin = Math.min(gapMin, gap);
            gapMax = Math.max(gapMax, gap);
            if (key >>> 16 == lastKey >>> 16) {
                steps += (key - lastKey & 0xffff) == 1 ? 1 : 0;
                repeats += key == lastKey ? 1 : 0;
            }
        }
        asked.add(length, entropy(asked, m, at, there, shape));
        identify(key >>> 16);
        lastPrint = print;
        lastKey = key;
        lastRequest = now;
        int place = opened++ % OPEN;
        openKeys[place] = key;
        openPrints[place] = print(m, at, at + there);
    }

    /// A reply.
    void reply(byte[] m, int at, int there, int length, int key, Shape shape) {
        answered.add(length, entropy(answered, m, at, there, shape));
        long print = print(m, at, at + there);
        boolean found = false;
        for (int i = 0; i < Math.min(opened, OPEN) && !found; i++) {
            int place = (opened - 1 - i) % OPEN; // the latest first: sequence numbers come again
            found = openKeys[place] == key;
            altered += found && openPrints[place] != print ? 1 : 0;
        }
        unasked += found ? 0 : 1;
    }

    private static double entropy(Way way, byte[] m, int at, int there, Shape shape) {
        return way.measured < MEASURED && there > 0 ? shape.entropy(m, at, there) : -1;
    }

    private void identify(int identifier) {
        for (int i = 0; i < identifierCount; i++) {
            if (identifiers[i] == identifier) {
                return;
            }
        }
        if (identifierCount < MAX_IDENTIFIERS) {
            identifiers[identifierCount++] = identifier;
        }
    }

    /// A hash of octets and their number.
    private static long print(byte[] m, int from, int to) {
        int end = Math.min(to, from + COMPARED);
        long hash = (long) end - from;
        int at = from;
        for (; end - at >= 8; at += 8) {
            hash = Shards.mix(hash * 31 + BigEndian.i64(m, at));
        }
        for (; at < end; at++) {
            hash = Shards.mix(hash * 31 + m[at]);
        }
        return hash;
    }

    @Override
    Event event(long seen) {
        return new IcmpEcho(
                first,
                seen,
                uid,
                id,
                last - first,
                asked.packets,
                answered.packets,
                asked.bytes,
                answered.bytes,
                asked.shortest(),
                asked.longest(),
                answered.shortest(),
                answered.longest(),
                asked.entropy(),
                answered.entropy(),
                changed,
                altered,
                unasked,
                identifierCount,
                steps,
                repeats,
                gapMax < 0 ? null : gapMin,
                gapMax < 0 ? null : gapMax);
    }
}
