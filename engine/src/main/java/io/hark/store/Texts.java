package io.hark.store;

import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A column of texts, addresses in text, hardware addresses in text, or raw bytes.
///
/// *Shape*: pages of indexes into a dictionary while that pays, from then to the end of the chunk
/// pages of lengths and the texts end to end, so that nothing stands between text and text. A row
/// group whose texts were nearly all different begins the next ones that way.
///
/// *Thread*: one owner.
final class Texts extends Leaf {

    private static final int MOST_WORDS = 1 << 15;
    private static final int MOST_WORD_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 1 << 20;
    private static final int LONGEST_BOUND = 64; // longer texts prune nothing and swell the footer
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    /// What a column takes: one of them only, since each has its own index.
    enum Of {
        TEXT,
        ADDR,
        MAC,
        BYTES
    }

    private final Of of;
    private final TextIndex byText = new TextIndex(MOST_WORDS);
    private final NumberIndex byNumber = new NumberIndex(MOST_WORDS);
    private final @Nullable Filter filter; // of values that are looked for by equality
    private final Octets words = new Octets(256); // the dictionary as it is written
    private final Octets plain = new Octets(256); // the page's values, one after the other
    private int[] wordEnds = new int[FIRST_ENTRIES];
    private int[] places =
            new int[FIRST_ENTRIES]; // of the page's values: indexes, or ends in plain
    private int
            wordCount; // a word too long for the dictionary has a number in the index, but is none
    // of these
    private boolean indexing;
    private @Nullable String lastText; // the value of the index before, if the page has one
    private long lastHi;
    private long lastLo;
    private boolean wordsUsed;
    private long added; // values of this chunk while it indexed
    private boolean hopeless;
    private byte[] least = new byte[0];
    private byte[] greatest = new byte[0];
    private boolean empty = true;
    private boolean unbounded;

    Texts(List<String> path, Of of, int mostDefined, int mostRepeated, Group group) {
        super(path, Format.BYTE_ARRAY, mostDefined, mostRepeated, group);
        this.of = of;
        this.filter = of == Of.BYTES || mostRepeated > 0 ? null : new Filter();
        this.hopeless = of == Of.BYTES;
        this.indexing = !hopeless;
    }

    /// Whether the column holds text, and not raw bytes.
    boolean isText() {
        return of != Of.BYTES;
    }

    void add(int repetition, String value) {
        present(repetition);
        if (indexing) {
            if (isLast(value)) {
                place(places[count - 1]);
                return;
            }
            int index = byText.put(value);
            lastText = value;
            if (index >= 0) {
                place(index);
                return;
            }
            byte[] octets = value.getBytes(StandardCharsets.UTF_8);
            if (index != TextIndex.FULL && words.size() + octets.length <= MOST_WORD_BYTES) {
                words.sized(octets, 0, octets.length);
                word(~index);
                return;
            }
            giveUpIndex();
            plain(octets);
            return;
        }
        plain(value.getBytes(StandardCharsets.UTF_8));
    }

    void add(int repetition, byte[] value) {
        present(repetition);
        plain(value);
    }

    void add(int repetition, Addr value) {
        pair(repetition, value.hi(), value.lo(), value);
    }

    /// Adds a hardware address from its low 48 bits.
    void addMac(int repetition, long bits) {
        pair(repetition, 0, bits, null);
    }

    @SuppressWarnings(
            "ReferenceEquality") // the same constant again, the commonest case, without reading it
    private boolean isLast(String value) {
        return count > 0 && value == lastText;
    }

    private void pair(int repetition, long hi, long lo, @Nullable Addr addr) {
        present(repetition);
        if (indexing) {
            if (count > 0 && hi == lastHi && lo == lastLo) {
                place(places[count - 1]);
                return;
            }
            lastHi = hi;
            lastLo = lo;
            int index = byNumber.put(hi, lo);
            if (index >= 0) {
                place(index);
                return;
            }
            if (index != NumberIndex.FULL) {
                words.int32(0);
                int start = words.size();
                write(words, lo, addr);
                words.patch32(start - Integer.BYTES, words.size() - start);
                word(~index);
                return;
            }
            giveUpIndex();
        }
        write(plain, lo, addr);
        plainAdded();
    }

    private static void write(Octets out, long mac, @Nullable Addr addr) {
        byte[] array = out.room(Addr.MAX_TEXT);
        int at = out.size();
        if (addr != null) {
            at = addr.write(array, at);
        } else {
            for (int shift = 40; shift >= 0; shift -= 8) {
                array[at++] = HEX[(int) (mac >>> shift + 4) & 0xf];
                array[at++] = HEX[(int) (mac >>> shift) & 0xf];
                if (shift > 0) {
                    array[at++] = ':';
                }
            }
        }
        out.advance(at);
    }

    private void place(int place) {
        if (count == places.length) {
            places = Arrays.copyOf(places, count * 2);
        }
        places[count++] = place;
    }

    /// Takes what was appended to the words as word number `index`.
    private void word(int index) {
        int start = index == 0 ? 0 : wordEnds[index - 1];
        if (index == wordEnds.length) {
            wordEnds = Arrays.copyOf(wordEnds, index * 2);
        }
        wordCount = index + 1;
        wordEnds[index] = words.size();
        take(words, start + Integer.BYTES, words.size());
        place(index);
    }

    private void plain(byte[] octets) {
        plain.put(octets, 0, octets.length);
        plainAdded();
    }

    private void plainAdded() {
        take(plain, count == 0 ? 0 : places[count - 1], plain.size());
        place(plain.size());
        if (plain.size() >= PAGE_BYTES) {
            group.pageFull();
        }
    }

    /// Makes the page plain, and every page after it to the end of the chunk.
    private void giveUpIndex() {
        indexing = false;
        hopeless = added + count < wordCount * 2L;
        for (int i = 0; i < count; i++) {
            int start = (places[i] == 0 ? 0 : wordEnds[places[i] - 1]) + Integer.BYTES;
            plain.put(words.array(), start, wordEnds[places[i]] - start);
            places[i] = plain.size();
        }
        if (plain.size() >= PAGE_BYTES) {
            group.pageFull();
        }
    }

    /// Takes a value into filter and bounds.
    private void take(Octets octets, int start, int end) {
        if (filter != null) {
            filter.add(octets.array(), start, end);
        }
        measure(octets, start, end);
    }

    private void measure(Octets octets, int start, int end) {
        if (unbounded) {
            return;
        }
        if (end - start > LONGEST_BOUND) {
            unbounded = true;
            return;
        }
        byte[] array = octets.array();
        if (empty || Arrays.compareUnsigned(array, start, end, least, 0, least.length) < 0) {
            least = Arrays.copyOfRange(array, start, end);
        }
        if (empty || Arrays.compareUnsigned(array, start, end, greatest, 0, greatest.length) > 0) {
            greatest = Arrays.copyOfRange(array, start, end);
        }
        empty = false;
    }

    @Override
    int encode(Press press) {
        int encoding = indexing ? encodeIndexes(press) : encodePlain(press);
        if (places.length > Levels.PAGE_ENTRIES) {
            places = new int[Levels.PAGE_ENTRIES]; // one long row does not keep its room
        }
        return encoding;
    }

    private int encodeIndexes(Press press) {
        int width = Math.max(1, Packing.width(wordCount - 1));
        press.page.put(width);
        Packing.hybrid(places, count, width, press.page);
        wordsUsed = true;
        added += count;
        return Format.RLE_DICTIONARY;
    }

    private int encodePlain(Press press) {
        int end = 0;
        long[] lengths = press.longs(count);
        for (int i = 0; i < count; i++) {
            lengths[i] = (long) places[i] - end;
            end = places[i];
        }
        Packing.delta(lengths, count, press.block(), press.page);
        press.page.put(plain);
        plain.clear();
        plain.shrink(2 * PAGE_BYTES);
        return Format.DELTA_LENGTH_BYTE_ARRAY;
    }

    @Override
    int plainEncoding() {
        return Format.DELTA_LENGTH_BYTE_ARRAY;
    }

    @Override
    int dictionarySize() {
        return wordsUsed ? wordCount : 0;
    }

    @Override
    void dictionary(Octets page) {
        page.put(words.array(), 0, words.size());
    }

    @Override
    void nextChunk() {
        byText.clear();
        byNumber.clear();
        words.clear();
        wordCount = 0;
        wordsUsed = false;
        added = 0;
        indexing = !hopeless;
        empty = true;
        unbounded = false;
    }

    @Override
    @Nullable Filter filter() {
        return filter;
    }

    @Override
    byte @Nullable [][] bounds() {
        return empty || unbounded ? null : new byte[][] {least, greatest};
    }

    @Override
    long valuesHeld() {
        return places.length * (long) Integer.BYTES
                + wordEnds.length * (long) Integer.BYTES
                + words.capacity() * 2L // the strings themselves stand in the index
                + plain.capacity()
                + (filter == null ? 0 : filter.heldBytes())
                + byText.heldBytes()
                + byNumber.heldBytes();
    }
}
