package io.hark.parse.quic;

import io.hark.bytes.Bytes;

/// The frames of an opened packet.
///
/// *Source*: RFC 9000 §12.4, §19; RFC 9221 §4.
final class Frames {

    private static final int MAX_FRAMES = 4096; // of one packet; padding does not count

    private static final int PADDING = 0x00;
    private static final int PING = 0x01;
    private static final int ACK = 0x02;
    private static final int ACK_ECN = 0x03;
    private static final int RESET_STREAM = 0x04;
    private static final int STOP_SENDING = 0x05;
    private static final int CRYPTO = 0x06;
    private static final int GOOGLES_CRYPTO = 0x08; // of Q050, T050 and T051
    private static final int NEW_TOKEN = 0x07;
    private static final int STREAM = 0x08; // to 0x0f: three bits say what it has
    private static final int STREAM_ENDS = 1;
    private static final int STREAM_HAS_LENGTH = 2;
    private static final int STREAM_HAS_OFFSET = 4;
    private static final int MAX_DATA = 0x10; // to 0x17: limits and what they hold up
    private static final int MAX_STREAM_DATA = 0x11;
    private static final int STREAM_DATA_BLOCKED = 0x15;
    private static final int NEW_CONNECTION_ID = 0x18;
    private static final int RETIRE_CONNECTION_ID = 0x19;
    private static final int PATH_CHALLENGE = 0x1a;
    private static final int PATH_RESPONSE = 0x1b;
    private static final int CLOSE = 0x1c;
    private static final int CLOSE_BY_APPLICATION = 0x1d;
    private static final int HANDSHAKE_DONE = 0x1e;
    private static final int DATAGRAM = 0x30;
    private static final int DATAGRAM_WITH_LENGTH = 0x31;
    private static final int PATH_DATA = 8;
    private static final int RESET_TOKEN = 16;

    /// Takes what is of use.
    interface Taker {

        /// `length` octets of the handshake, at the cursor of `in`, belong at `offset`.
        void crypto(long offset, Bytes in, int length);

        /// So do `length` octets of a stream, perhaps its last.
        default void stream(long id, long offset, boolean ends, Bytes in, int length) {}

        /// A stream is given up by who sends it, of which `size` octets were sent.
        default void reset(long id, long size) {}

        /// The connection is over.
        default void closes() {}
    }

    private Frames() {}

    /// Reads all frames of a packet; a fault sticks to `in`, and what came before it counts.
    ///
    /// @param isGoogles whether frames have the numbers of Google's versions, which are others for
    ///   the handshake
    static void read(Bytes in, boolean isGoogles, Taker to) {
        for (int i = 0; i < MAX_FRAMES && in.ok() && in.remaining() > 0; ) {
            long type = number(in);
            i += type == PADDING ? 0 : 1;
            if (isGoogles && type == GOOGLES_CRYPTO) {
                crypto(in, to);
            } else if (type >= STREAM && type < MAX_DATA) {
                stream(in, (int) type, to);
            } else {
                other(in, type, to);
            }
        }
    }

    private static void other(Bytes in, long type, Taker to) {
        switch ((int) Math.min(type, Integer.MAX_VALUE)) {
            case PADDING, PING, HANDSHAKE_DONE -> {}
            case ACK -> acknowledgement(in);
            case ACK_ECN -> {
                acknowledgement(in);
                numbers(in, 3);
            }
            case RESET_STREAM -> {
                long id = number(in);
                number(in); // why
                long size = number(in);
                if (in.ok()) {
                    to.reset(id, size);
                }
            }
            case STOP_SENDING, MAX_STREAM_DATA, STREAM_DATA_BLOCKED -> numbers(in, 2);
            case CRYPTO -> crypto(in, to);
            case NEW_TOKEN, DATAGRAM_WITH_LENGTH -> in.skip(number(in));
            case NEW_CONNECTION_ID -> {
                numbers(in, 2);
                in.skip(in.u8() + RESET_TOKEN);
            }
            case PATH_CHALLENGE, PATH_RESPONSE -> in.skip(PATH_DATA);
            case CLOSE, CLOSE_BY_APPLICATION -> {
                to.closes();
                in.skip(in.remaining());
            }
            case DATAGRAM -> in.skip(in.remaining());
            default -> {
                if (type < MAX_DATA || type > RETIRE_CONNECTION_ID) {
                    in.fail("no frame");
                } else { // limits of the connection and of streams, and what retires an id
                    numbers(in, 1);
                }
            }
        }
    }

    private static void crypto(Bytes in, Taker to) {
        long offset = number(in);
        long length = number(in);
        if (in.ok() && length <= in.remaining()) {
            to.crypto(offset, in, (int) length);
        }
        in.skip(length);
    }

    private static void stream(Bytes in, int type, Taker to) {
        long id = number(in);
        long offset = (type & STREAM_HAS_OFFSET) != 0 ? number(in) : 0;
        long length = (type & STREAM_HAS_LENGTH) != 0 ? number(in) : in.remaining();
        if (in.ok() && length <= in.remaining()) {
            to.stream(id, offset, (type & STREAM_ENDS) != 0, in, (int) length);
        }
        in.skip(length);
    }

    private static void acknowledgement(Bytes in) {
        numbers(in, 2);
        long ranges = number(in);
        number(in);
        for (long i = 0; i < ranges && in.ok(); i++) { // ends with the packet
            numbers(in, 2);
        }
    }

    private static void numbers(Bytes in, int count) {
        for (int i = 0; i < count; i++) {
            number(in);
        }
    }

    /// A number of one to eight octets; one that is cut makes `in` malformed.
    private static long number(Bytes in) {
        long value = LongHeader.number(in, in.offset());
        in.skip(LongHeader.width(in, in.offset()));
        return value;
    }
}
