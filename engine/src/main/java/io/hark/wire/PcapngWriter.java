package io.hark.wire;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Writes frames as pcapng: one section, little-endian, interfaces with nanosecond clocks, and what
/// was lost on them.
///
/// *Shape*: a section header; then in any order [#add] an interface before its frames, [#packet],
/// [#secrets], [#statistics]. Nothing is held back but what fills one buffer: [#flush] makes what
/// was written whole for whoever reads while it grows.
///
/// *Source*: draft-ietf-opsawg-pcapng. *Thread*: one owner.
public final class PcapngWriter implements Closeable {

    /// The kind of [#secrets] that is an NSS key log: what `SSLKEYLOGFILE` has ("TLSK").
    public static final int TLS_KEY_LOG = 0x544c_534b;

    private static final int BYTE_ORDER_MAGIC = 0x1a2b3c4d;
    private static final int INTERFACE = 1;
    private static final int STATISTICS = 5;
    private static final int ENHANCED_PACKET = 6;
    private static final int SECRETS = 10;

    private static final int OPTION_END = 0;
    private static final int OPTION_COMMENT = 1;
    private static final int OPTION_HARDWARE_NAME = 2; // of an interface its name
    private static final int OPTION_APPLICATION = 4;
    private static final int OPTION_SPEED = 8;
    private static final int OPTION_RESOLUTION = 9;
    private static final int OPTION_FILTER = 11;
    private static final int OPTION_START = 2;
    private static final int OPTION_END_TIME = 3;
    private static final int OPTION_RECEIVED = 4;
    private static final int OPTION_INTERFACE_DROPS = 5;
    private static final int OPTION_SYSTEM_DROPS = 7;
    private static final int OPTION_DELIVERED = 8;

    private static final byte NANOSECONDS = 9; // ten to the minus nine
    private static final int OVERHEAD = 12; // type, and the length in front and behind
    private static final int PACKET_HEAD = 20;
    private static final int MAX_TEXT = 1_000; // names and filters; longer ones are cut
    private static final int BUFFER = 1 << 16;

    /// The longest frame or secret that is written; what reads it back refuses longer blocks.
    public static final int MAX_BYTES = Container.MAX_RECORD - 256;

    /// Where frames were captured.
    ///
    /// @param name the interface's; null where nobody knows it
    /// @param linkType its first header, by tcpdump.org's numbers
    /// @param snapLength the most that was kept of a frame, bytes; 0 for no limit
    /// @param bitsPerSecond its speed; null where nobody knows it
    /// @param filter what was let through, in libpcap's language; null for everything
    public record Interface(
            @Nullable String name,
            int linkType,
            int snapLength,
            @Nullable Long bitsPerSecond,
            @Nullable String filter) {

        /// An interface of which only the kind of its frames is known.
        public static Interface of(int linkType) {
            return new Interface(null, linkType, 0, null, null);
        }
    }

    private final OutputStream out;
    private byte[] buffer = new byte[BUFFER];
    private int used;
    private int block; // where the block at hand begins
    private int interfaces;
    private long written;

    /// A file that begins there; it is closed with this.
    ///
    /// @param application who writes it: name and version
    public PcapngWriter(OutputStream out, String application) throws IOException {
        this.out = out;
        begin(Pcapng.SECTION, 32);
        put32(BYTE_ORDER_MAGIC);
        put16(1); // version 1.0
        put16(0);
        put64(-1); // the section's length is not told
        text(OPTION_APPLICATION, application);
        end(true);
    }

    /// An interface.
    ///
    /// @return its number, for its frames
    public int add(Interface its) throws IOException {
        begin(INTERFACE, 64);
        put16(its.linkType);
        put16(0);
        put32(its.snapLength);
        String name = its.name;
        if (name != null) {
            text(OPTION_HARDWARE_NAME, name);
        }
        Long speed = its.bitsPerSecond;
        if (speed != null) {
            number(OPTION_SPEED, speed);
        }
        put16(OPTION_RESOLUTION);
        put16(1);
        put8(NANOSECONDS);
        pad();
        String filter = its.filter;
        if (filter != null) {
            text(OPTION_FILTER, '\0' + filter); // 0: it is a text
        }
        end(true);
        return interfaces++;
    }

    /// A frame.
    ///
    /// @param on the interface's number
    /// @param nanos when it was captured
    /// @param memory holds its bytes
    /// @param at where they begin
    /// @param captured how many there are
    /// @param length how many there were on the wire
    public void packet(int on, long nanos, byte[] memory, int at, int captured, int length)
            throws IOException {
        packet(on, nanos, memory, at, captured, length, null);
    }

    /// A frame with a comment for people.
    public void packet(
            int on,
            long nanos,
            byte[] memory,
            int at,
            int captured,
            int length,
            @Nullable String comment)
            throws IOException {
        isInterface(on);
        isShort(captured);
        begin(ENHANCED_PACKET, PACKET_HEAD + captured);
        put32(on);
        time(nanos);
        put32(captured);
        put32(Math.max(captured, length));
        put(memory, at, captured);
        pad();
        if (comment != null) {
            text(OPTION_COMMENT, comment);
        }
        end(comment != null);
    }

    /// What an interface counted so far, cumulative; the last word of an interface counts.
    ///
    /// @param nanos when it was counted
    /// @param sinceNanos when the counting began; the files of a ring that count on from one to the
    ///   next tell the same
    /// @param received frames that the system had, lost ones too
    /// @param drops what was lost, by where; nothing is written where nobody tells
    public void statistics(int on, long nanos, long sinceNanos, long received, Drops drops)
            throws IOException {
        isInterface(on);
        begin(STATISTICS, 96);
        put32(on);
        time(nanos);
        put16(OPTION_START);
        put16(8);
        time(sinceNanos);
        put16(OPTION_END_TIME);
        put16(8);
        time(nanos);
        number(OPTION_RECEIVED, received);
        if (drops.isTold()) {
            number(OPTION_INTERFACE_DROPS, drops.ring());
            number(OPTION_SYSTEM_DROPS, drops.kernel());
            number(OPTION_DELIVERED, received - drops.kernel());
        }
        end(true);
    }

    /// Secrets that open what the frames behind this carry.
    ///
    /// @param kind what they are: [#TLS_KEY_LOG]
    public void secrets(int kind, byte[] secrets) throws IOException {
        isShort(secrets.length);
        begin(SECRETS, 8 + secrets.length);
        put32(kind);
        put32(secrets.length);
        put(secrets, 0, secrets.length);
        pad();
        end(false);
    }

    /// Bytes of the file so far, whether they have left the buffer or not.
    public long size() {
        return written + used;
    }

    /// Hands on what the buffer holds: whole blocks.
    public void flush() throws IOException {
        spill();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        try (out) {
            spill();
        }
    }

    // ---- blocks

    private void isInterface(int on) {
        if (on < 0 || on >= interfaces) {
            throw new IllegalArgumentException("interface " + on + " of " + interfaces);
        }
    }

    private static void isShort(int bytes) {
        if (bytes < 0 || bytes > MAX_BYTES) {
            throw new IllegalArgumentException(bytes + " bytes in one block");
        }
    }

    /// Begins a block of about `body` bytes; texts make more room where they need it.
    private void begin(int type, int body) throws IOException {
        if (buffer.length - used < body + OVERHEAD) {
            spill();
        }
        block = used;
        put32(type);
        put32(0); // its length, once it is known
    }

    private void end(boolean hasOptions) {
        if (hasOptions) {
            put16(OPTION_END);
            put16(0);
        }
        int length = used - block + 4;
        put32(length);
        int end = used;
        used = block + 4;
        put32(length);
        used = end;
    }

    private void spill() throws IOException {
        out.write(buffer, 0, used);
        written += used;
        used = 0;
        if (buffer.length > BUFFER) {
            buffer = new byte[BUFFER]; // one long frame does not hold its room for ever
        }
    }

    private void room(int bytes) {
        if (buffer.length - used < bytes) {
            buffer = Arrays.copyOf(buffer, Math.max(used + bytes, buffer.length * 2));
        }
    }

    private void text(int option, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        int length = Math.min(octets.length, MAX_TEXT);
        put16(option);
        put16(length);
        put(octets, 0, length);
        pad();
    }

    private void number(int option, long value) {
        put16(option);
        put16(8);
        put64(value);
    }

    /// A time: two halves, the higher first.
    private void time(long nanos) {
        put32((int) (nanos >>> 32));
        put32((int) nanos);
    }

    private void pad() {
        while ((used - block & 3) != 0) {
            put8((byte) 0);
        }
    }

    private void put(byte[] from, int at, int length) {
        room(length);
        System.arraycopy(from, at, buffer, used, length);
        used += length;
    }

    private void put8(byte value) {
        room(1);
        buffer[used++] = value;
    }

    private void put16(int value) {
        put8((byte) value);
        put8((byte) (value >>> 8));
    }

    private void put32(int value) {
        room(4);
        buffer[used++] = (byte) value;
        buffer[used++] = (byte) (value >>> 8);
        buffer[used++] = (byte) (value >>> 16);
        buffer[used++] = (byte) (value >>> 24);
    }

    private void put64(long value) {
        put32((int) value);
        put32((int) (value >>> 32));
    }
}
