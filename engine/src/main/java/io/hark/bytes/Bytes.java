package io.hark.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/// A cursor over bytes from the network that never throws for what it reads.
///
/// Reading past the end, or past a [#limit], makes the cursor *malformed*, and that sticks: later
/// reads answer 0 or empty, so that a parser reads a whole message straight through and looks once,
/// at the end. Numbers are big endian unless the name says `le`.
///
/// *Lifetime*: the bytes under it are valid until the call that handed it over returns; who keeps
/// some copies them. *Thread*: one owner.
///
/// For example, over `00 02 68 69`: `ascii(u16())` is `"hi"`, and a further `u8()` is 0 with `ok()`
/// false.
public final class Bytes {

    private static final VarHandle WORD =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW = 0x0101_0101_0101_0101L;
    private static final long HIGH = 0x8080_8080_8080_8080L;

    private byte[] octets = new byte[0];
    private int start;
    private int at;
    private int end;
    private int seen;
    private @Nullable String fault;

    /// Puts the cursor over `length` bytes of `array` from `from`.
    public Bytes wrap(byte[] array, int from, int length) {
        octets = array;
        start = from;
        at = from;
        end = from + length;
        seen = 0;
        fault = null;
        return this;
    }

    /// The same, whose first `octets` were shown before and told nothing: see [#seen].
    public Bytes seen(int octets) {
        seen = octets;
        return this;
    }

    /// How many octets from the start a session's `frame` was shown when it last answered MORE, if
    /// nothing has happened to the session since: it looks for the end of a line or a head behind
    /// them, so that a long one that comes octet by octet is not read again from its beginning each
    /// time.
    public int seen() {
        return seen;
    }

    /// Puts the cursor over the same bytes as `other` has left.
    public Bytes wrap(Bytes other) {
        return wrap(other.octets, other.at, other.end - other.at);
    }

    /// A cursor of its own over a copy of `octets`. For tests and for bytes that are above the
    /// wall.
    public static Bytes of(byte[] octets) {
        return new Bytes().wrap(octets.clone(), 0, octets.length);
    }

    // ---- reading on

    private boolean room(long n) {
        if (fault == null && end - at >= n && n >= 0) {
            return true;
        }
        fail("ends early");
        return false;
    }

    /// The next octet.
    public int u8() {
        return room(1) ? octets[at++] & 0xff : 0;
    }

    /// The next 16 bits.
    public int u16() {
        if (!room(2)) {
            return 0;
        }
        int value = BigEndian.u16(octets, at);
        at += 2;
        return value;
    }

    /// The next 24 bits.
    public int u24() {
        int high = u8();
        return high << 16 | u16();
    }

    /// The next 32 bits, unsigned.
    public long u32() {
        if (!room(4)) {
            return 0;
        }
        long value = BigEndian.u32(octets, at);
        at += 4;
        return value;
    }

    /// The next 64 bits; values from 2^63 come out negative.
    public long u64() {
        if (!room(8)) {
            return 0;
        }
        long value = BigEndian.i64(octets, at);
        at += 8;
        return value;
    }

    /// The next 16 bits, little endian.
    public int leU16() {
        return Short.toUnsignedInt(Short.reverseBytes((short) u16()));
    }

    /// The next 32 bits, little endian, unsigned.
    public long leU32() {
        return Integer.toUnsignedLong(Integer.reverseBytes((int) u32()));
    }

    /// Steps over `n` bytes.
    public void skip(long n) {
        if (room(n)) {
            at += (int) n;
        }
    }

    /// The next `n` bytes as Latin-1 text, every octet one character.
    public String ascii(int n) {
        return text(n, StandardCharsets.ISO_8859_1);
    }

    /// The next `n` bytes as UTF-8 text.
    public String utf8(int n) {
        return text(n, StandardCharsets.UTF_8);
    }

    private String text(int n, Charset charset) {
        if (!room(n)) {
            return "";
        }
        String text = new String(octets, at, n, charset);
        at += n;
        return text;
    }

    /// A copy of the next `n` bytes.
    public byte[] take(int n) {
        if (!room(n)) {
            return new byte[0];
        }
        byte[] copy = new byte[n];
        System.arraycopy(octets, at, copy, 0, n);
        at += n;
        return copy;
    }

    /// Moves to `offset`, counted from the start.
    public void seek(long offset) {
        if (offset < 0 || offset > end - start) {
            fail("offset outside the message");
        } else if (fault == null) {
            at = start + (int) offset;
        }
    }

    /// Draws the end in to `n` bytes from here, for a part with a length of its own; answers what
    /// to give to [#unlimit].
    public int limit(long n) {
        int outer = end;
        if (room(n)) {
            end = at + (int) n;
        }
        return outer;
    }

    /// Takes back a [#limit] and steps over what the part left unread.
    public void unlimit(int outer) {
        if (fault == null) {
            at = end;
        }
        end = outer;
    }

    // ---- looking without moving, by offset from the start

    /// The octet at `offset` from the start, or -1 behind the end. Does not move and never fails.
    public int peek(int offset) {
        return offset < 0 || offset >= end - start ? -1 : octets[start + offset] & 0xff;
    }

    /// The 16 bits at `offset` from the start, or -1 where they are not all there.
    public int peekU16(int offset) {
        return offset < 0 || offset + 2 > end - start ? -1 : BigEndian.u16(octets, start + offset);
    }

    /// The 32 bits at `offset` from the start, or -1 where they are not all there.
    public long peekU32(int offset) {
        return offset < 0 || offset + 4 > end - start ? -1 : BigEndian.u32(octets, start + offset);
    }

    /// Whether the bytes at `offset` from the start are `text` (Latin-1).
    public boolean looksAt(int offset, String text) {
        if (offset < 0 || end - start - offset < text.length()) {
            return false;
        }
        int place = start + offset;
        for (int i = 0; i < text.length(); i++) {
            if (octets[place + i] != (byte) text.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// The offset from the start of the first `wanted` at or behind `from`, or -1.
    public int indexOf(int wanted, int from) {
        int place = Math.min(end, start + Math.max(0, from));
        long pattern = LOW * (wanted & 0xff);
        for (; end - place >= 8; place += 8) {
            long differs = (long) WORD.get(octets, place) ^ pattern;
            long zero = differs - LOW & ~differs & HIGH;
            if (zero != 0) {
                return place - start + (Long.numberOfTrailingZeros(zero) >>> 3);
            }
        }
        for (; place < end; place++) {
            if (octets[place] == (byte) wanted) {
                return place - start;
            }
        }
        return -1;
    }

    /// The bytes from `from` to `to`, offsets from the start, as Latin-1 text; cut where they run
    /// out.
    public String ascii(int from, int to) {
        int n = Math.max(0, Math.min(to, end - start) - from);
        return n == 0 ? "" : new String(octets, start + from, n, StandardCharsets.ISO_8859_1);
    }

    /// Copies `n` bytes at `offset` from the start into `into`. The caller has checked that they
    /// are there.
    public void copyTo(int offset, byte[] into, int place, int n) {
        System.arraycopy(octets, start + offset, into, place, n);
    }

    /// A copy of everything from the start to the end.
    public byte[] toArray() {
        byte[] copy = new byte[end - start];
        copyTo(0, copy, 0, copy.length);
        return copy;
    }

    // ---- how it stands

    /// Marks the message malformed; the first reason stays.
    public void fail(String reason) {
        if (fault == null) {
            fault = reason;
        }
    }

    /// Whether nothing has gone wrong.
    public boolean ok() {
        return fault == null;
    }

    /// What went wrong first, or null.
    public @Nullable String fault() {
        return fault;
    }

    /// How far the cursor is from the start.
    public int offset() {
        return at - start;
    }

    /// How many bytes are left to read: none once something has gone wrong, so that a loop over
    /// what is left ends.
    public int remaining() {
        return fault == null ? end - at : 0;
    }

    /// How many bytes there are from the start to the end.
    public int length() {
        return end - start;
    }

    /// The array under the cursor; the first byte is at [#base].
    public byte[] array() {
        return octets;
    }

    /// Where in [#array] the first byte lies.
    public int base() {
        return start;
    }
}
