package io.hark.sensor;

import io.hark.Key;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The states of a runner by key, flat: a key that was seen once costs about 70 bytes beside its
/// state, and looking it up makes no object.
///
/// Entries are numbered in the order in which their keys first came; they lie in pages, so that
/// growing copies nothing but the index. The index is open addressing with a secret in its hash
/// (the addresses are chosen by strangers); the secret decides places in the index only, never an
/// order that is seen.
///
/// *Thread*: one owner.
final class KeyTable<S> {

    /// What looking up says of a key that is not there.
    static final int NONE = -1;

    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int FIRST_INDEX = 1 << 10;
    private static final int MAX_CALLS =
            127; // a byte; more calls than this make no key more worth keeping

    private final long secret;
    private final List<Page> pages = new ArrayList<>();
    private long[] index =
            new long[FIRST_INDEX]; // hash in the high half, entry + 1 in the low half; 0 is free
    private int entries; // made so far, forgotten ones among them
    private int live;

    private static final class Page {
        final long[] words = new long[4 * PAGE];
        final int[] ports = new int[PAGE];
        final @Nullable String[] names = new String[PAGE];
        final @Nullable Object[] states = new Object[PAGE];
        final long[] touched = new long[PAGE];
        final byte[] calls = new byte[PAGE];
    }

    KeyTable(long secret) {
        this.secret = secret;
    }

    /// How many keys have a state.
    int live() {
        return live;
    }

    /// How many entries there are, forgotten ones among them: entries are numbered from 0 to here.
    int entries() {
        return entries;
    }

    /// The entry of a key, or [#NONE].
    int find(Key key) {
        return find(key.host(), key.peer(), key.port(), key.name());
    }

    /// The entry of the key of these parts, or [#NONE].
    int find(Addr host, Addr peer, int port, String name) {
        int hash = hash(host, peer, port, name);
        int mask = index.length - 1;
        for (int place = hash & mask; index[place] != 0; place = place + 1 & mask) {
            long slot = index[place];
            if ((int) (slot >>> 32) == hash && is((int) slot - 1, host, peer, port, name)) {
                return (int) slot - 1;
            }
        }
        return NONE;
    }

    /// Adds a key that is not there; entries may be numbered anew by it.
    int add(Addr host, Addr peer, int port, String name, S state) {
        int entry = entries++;
        if (entry >>> PAGE_BITS == pages.size()) {
            pages.add(new Page());
        }
        Page page = pages.get(entry >>> PAGE_BITS);
        int at = entry & PAGE - 1;
        page.words[4 * at] = host.hi();
        page.words[4 * at + 1] = host.lo();
        page.words[4 * at + 2] = peer.hi();
        page.words[4 * at + 3] = peer.lo();
        page.ports[at] = port;
        page.names[at] = name;
        page.states[at] = state;
        live++;
        place(hash(host, peer, port, name), entry);
        if (4L * entries > 3L * index.length) {
            if (live < entries / 2) {
                compact();
            } else {
                grow();
            }
        }
        return entries - 1;
    }

    /// The state of an entry; null if its key was forgotten.
    @SuppressWarnings("unchecked") // only states go in
    @Nullable S state(int entry) {
        return (S) pages.get(entry >>> PAGE_BITS).states[entry & PAGE - 1];
    }

    void set(int entry, S state) {
        pages.get(entry >>> PAGE_BITS).states[entry & PAGE - 1] = state;
    }

    /// Counts a call for this entry.
    void touch(int entry, long time) {
        Page page = pages.get(entry >>> PAGE_BITS);
        int at = entry & PAGE - 1;
        page.touched[at] = time;
        page.calls[at] = (byte) Math.min(MAX_CALLS, page.calls[at] + 1);
    }

    /// When the last call for this entry was.
    long touched(int entry) {
        return pages.get(entry >>> PAGE_BITS).touched[entry & PAGE - 1];
    }

    /// How many calls there were, [#MAX_CALLS] at most.
    int calls(int entry) {
        return pages.get(entry >>> PAGE_BITS).calls[entry & PAGE - 1];
    }

    /// That many entries that are worth least, in their order: first those called once, then those
    /// not called for longest. Event times lie below 2^62 until the year 2116.
    int[] leastWorth(int count) {
        long[] worth = new long[live];
        int n = 0;
        for (int entry = 0; entry < entries; entry++) {
            if (state(entry) != null) {
                worth[n++] = worth(entry);
            }
        }
        Arrays.sort(worth);
        long bound = worth[count - 1];
        int[] least = new int[count];
        int found = 0;
        for (int entry = 0; entry < entries && found < count; entry++) {
            if (state(entry) != null && worth(entry) <= bound) {
                least[found++] = entry;
            }
        }
        return least;
    }

    private long worth(int entry) {
        return touched(entry) | (calls(entry) > 1 ? 1L << 62 : 0);
    }

    /// Restores what [#touch] counted.
    void restoreTouch(int entry, long time, int calls) {
        Page page = pages.get(entry >>> PAGE_BITS);
        page.touched[entry & PAGE - 1] = time;
        page.calls[entry & PAGE - 1] = (byte) calls;
    }

    /// The key of an entry, made anew.
    Key key(int entry) {
        Page page = pages.get(entry >>> PAGE_BITS);
        int at = entry & PAGE - 1;
        long[] words = page.words;
        return new Key(
                new Addr(words[4 * at], words[4 * at + 1]),
                new Addr(words[4 * at + 2], words[4 * at + 3]),
                page.ports[at],
                name(page, at));
    }

    /// Forgets a key. Its entry stays empty until [#compact].
    void forget(int entry) {
        Page page = pages.get(entry >>> PAGE_BITS);
        int at = entry & PAGE - 1;
        int mask = index.length - 1;
        int hole = hash(page, at) & mask;
        while ((int) index[hole] != entry + 1) {
            hole = hole + 1 & mask;
        }
        index[hole] = 0;
        for (int next = hole + 1 & mask; index[next] != 0; next = next + 1 & mask) {
            int home = (int) (index[next] >>> 32) & mask;
            if ((next - home & mask)
                    >= (next - hole
                            & mask)) { // it may move back to the hole without passing its home
                index[hole] = index[next];
                index[next] = 0;
                hole = next;
            }
        }
        page.names[at] = null;
        page.states[at] = null;
        live--;
    }

    /// Closes the gaps that forgotten keys left; entries are numbered anew in the same order.
    void compact() {
        int to = 0;
        for (int from = 0; from < entries; from++) {
            if (state(from) != null) {
                move(from, to++);
            }
        }
        entries = to;
        int keep = (to + PAGE - 1) >>> PAGE_BITS;
        pages.subList(keep, pages.size()).clear();
        if (keep > 0) {
            Page last = pages.get(keep - 1);
            int used = to - ((keep - 1) << PAGE_BITS);
            Arrays.fill(last.names, used, PAGE, null);
            Arrays.fill(last.states, used, PAGE, null);
            Arrays.fill(last.touched, used, PAGE, 0);
            Arrays.fill(last.calls, used, PAGE, (byte) 0);
        }
        int size = FIRST_INDEX;
        while (4L * to > 3L * size) {
            size *= 2;
        }
        reindex(size);
    }

    private void move(int from, int to) {
        if (from == to) {
            return;
        }
        Page source = pages.get(from >>> PAGE_BITS);
        Page target = pages.get(to >>> PAGE_BITS);
        int a = from & PAGE - 1;
        int b = to & PAGE - 1;
        System.arraycopy(source.words, 4 * a, target.words, 4 * b, 4);
        target.ports[b] = source.ports[a];
        target.names[b] = source.names[a];
        target.states[b] = source.states[a];
        target.touched[b] = source.touched[a];
        target.calls[b] = source.calls[a];
    }

    /// Slots are moved in their order, which is nearly that of the new index: no page is touched,
    /// few lines of the cache are.
    private void grow() {
        long[] before = index;
        index = new long[2 * before.length];
        for (long slot : before) {
            if (slot != 0) {
                place((int) (slot >>> 32), (int) slot - 1);
            }
        }
    }

    private void reindex(int size) {
        index = new long[size];
        for (int entry = 0; entry < entries; entry++) {
            Page page = pages.get(entry >>> PAGE_BITS);
            if (page.states[entry & PAGE - 1] != null) {
                place(hash(page, entry & PAGE - 1), entry);
            }
        }
    }

    private void place(int hash, int entry) {
        int mask = index.length - 1;
        int place = hash & mask;
        while (index[place] != 0) {
            place = place + 1 & mask;
        }
        index[place] = (long) hash << 32 | entry + 1;
    }

    private boolean is(int entry, Addr host, Addr peer, int port, String name) {
        Page page = pages.get(entry >>> PAGE_BITS);
        int at = entry & PAGE - 1;
        long[] words = page.words;
        return words[4 * at + 3] == peer.lo()
                && words[4 * at + 1] == host.lo()
                && words[4 * at + 2] == peer.hi()
                && words[4 * at] == host.hi()
                && page.ports[at] == port
                && name.equals(page.names[at]);
    }

    private static String name(Page page, int at) {
        String name = page.names[at];
        if (name == null) {
            throw new IllegalStateException("asked for a forgotten key");
        }
        return name;
    }

    private int hash(Page page, int at) {
        long[] words = page.words;
        return hash(
                words[4 * at],
                words[4 * at + 1],
                words[4 * at + 2],
                words[4 * at + 3],
                page.ports[at],
                name(page, at));
    }

    private int hash(Addr host, Addr peer, int port, String name) {
        return hash(host.hi(), host.lo(), peer.hi(), peer.lo(), port, name);
    }

    private int hash(long a, long b, long c, long d, int port, String name) {
        long mixed = fold(a ^ secret, b ^ 0x9e37_79b9_7f4a_7c15L);
        mixed = fold(mixed ^ c, d ^ secret);
        mixed = fold(mixed ^ port, name.hashCode() ^ 0xd6e8_feb8_6659_fd93L);
        return (int) (mixed ^ mixed >>> 32);
    }

    /// Both halves of the 128-bit product: every bit of either side moves every bit of the answer.
    private static long fold(long a, long b) {
        return a * b ^ Math.multiplyHigh(a, b);
    }
}
