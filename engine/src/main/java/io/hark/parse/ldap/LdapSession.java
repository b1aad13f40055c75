package io.hark.parse.ldap;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.asn1.Der;

/// Frames the messages of one connection.
///
/// After a bind that agreed on protection, messages are in buffers behind a length of four octets.
/// One that is only signed is read; one that is sealed is stepped over.
///
/// ```
/// length 4 · 05 04 · flags 1 · ff · extra 2 · rotation 2 · sequence 8 · message · checksum      (RFC 4121 §4.2.6.2)
/// ```
///
/// *Thread*: the worker that owns the connection.
final class LdapSession implements StreamParser.Session {

    private static final int MAX_MESSAGE = 1 << 17; // what is longer is counted by its head
    private static final int MAX_SIZE = 1 << 28; // an entry with a picture or a revocation list
    private static final int HEAD = 14; // of such a message: tag, length, id, operation
    private static final int PREFIX = 4;
    private static final int WRAP_HEADER = 16;
    private static final int WRAP = 0x0504;
    private static final int SEALED = 2;
    private static final int MAX_INNER = 256; // messages in one buffer

    private final Connection connection;
    private final LdapTalk talk;
    private final Bytes inner = new Bytes();

    LdapSession(Connection connection) {
        this.connection = connection;
        this.talk = new LdapTalk(connection);
    }

    @Override
    public int maxMessage() {
        return MAX_MESSAGE;
    }

    @Override
    public int frame(Bytes head, Side side) {
        int first = head.peek(0);
        if (first < 0) {
            return MORE;
        }
        if (first == 0) {
            long length = head.peekU32(0);
            if (length > MAX_MESSAGE - PREFIX) {
                return MALFORMED;
            }
            return length < 0 ? MORE : PREFIX + (int) length;
        }
        long size = first == Der.SEQUENCE ? Der.sizeAt(head, 0) : -1;
        if (size < 0 || size > MAX_SIZE) {
            return MALFORMED;
        }
        return size > MAX_MESSAGE ? HEAD : (int) size;
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (whole.peek(0) == 0) {
            wrapped(whole);
        } else if (Der.sizeAt(whole, 0) > whole.length()) {
            long size = Der.sizeAt(whole, 0);
            int at = 2 + (whole.peek(1) & 0x7f);
            int octets = Math.max(0, whole.peek(at + 1));
            long id = 0;
            for (int i = 0; i < Math.min(octets, 5); i++) {
                id = id << 8 | Math.max(0, whole.peek(at + 2 + i));
            }
            talk.tooLong(id, whole.peek(at + 2 + octets));
            connection.skip(size - whole.length());
        } else {
            talk.message(whole);
        }
    }

    private void wrapped(Bytes in) {
        int at = PREFIX;
        if (in.peekU16(at) == WRAP) {
            if ((in.peek(at + 2) & SEALED) != 0) {
                return;
            }
            int extra = Math.max(0, in.peekU16(at + 4));
            int rotation = Math.max(0, in.peekU16(at + 6));
            // rotated by its own length, the checksum stands before the message
            at += WRAP_HEADER + (rotation > 0 && rotation == extra ? extra : 0);
        }
        inner.wrap(in.array(), in.base() + at, Math.max(0, in.length() - at));
        for (int i = 0; i < MAX_INNER && LdapTalk.form(inner) == Verdict.YES; i++) {
            long size = Der.sizeAt(inner, 0);
            if (size > inner.length()) {
                return;
            }
            int rest = inner.length() - (int) size;
            int from = inner.base();
            talk.message(inner.wrap(inner.array(), from, (int) size));
            inner.wrap(inner.array(), from + (int) size, rest);
        }
    }

    @Override
    public void close() {
        talk.close();
    }
}
