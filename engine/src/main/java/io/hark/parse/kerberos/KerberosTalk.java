package io.hark.parse.kerberos;

import io.hark.Connection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.format.asn1.Der;
import io.hark.format.kerberos.KerberosMessage;
import io.hark.format.kerberos.KerberosPair;
import org.jspecify.annotations.Nullable;

/// Pairs the requests and answers of one connection.
///
/// That a client is told to prove itself first, and does, is the usual way: no event of its own.
///
/// *Thread*: the worker that owns the connection.
final class KerberosTalk {

    private static final int VERSION = 5;
    private static final int SEQUENCE_AND_TAG = 2;

    private final Connection connection;
    private @Nullable KerberosMessage request;
    private long asked;

    KerberosTalk(Connection connection) {
        this.connection = connection;
    }

    /// Whether a message of Kerberos 5 that is asked or answered by a KDC begins at `at`.
    static int form(Bytes head, int at) {
        int tag = head.peek(at);
        boolean known = tag >= 0x6a && tag <= 0x6d || tag == 0x7e;
        if (tag < 0) {
            return Verdict.MORE;
        }
        if (!known) {
            return Verdict.NO;
        }
        int inner = contents(head, at);
        int field = inner < 0 ? -1 : contents(head, inner);
        if (inner < 0 || field < 0 || head.peek(field + 4) < 0) {
            return Verdict.MORE;
        }
        int first = head.peek(field);
        boolean good =
                head.peek(inner) == Der.SEQUENCE
                        && (first == 0xa0 || first == 0xa1)
                        && head.peek(field + SEQUENCE_AND_TAG) == Der.INTEGER
                        && head.peek(field + 4) == VERSION;
        return good ? Verdict.YES : Verdict.NO;
    }

    /// Where the contents of the element at `at` begin, or -1 where its length is not all there.
    private static int contents(Bytes head, int at) {
        int first = head.peek(at + 1);
        return first < 0 ? -1 : at + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    void message(Bytes in) {
        KerberosMessage message = KerberosMessage.read(Der.over(in));
        if (message == null) {
            in.fail("no message");
            return;
        }
        connection.confirm();
        switch (message.type()) {
            case KerberosMessage.AS_REQ, KerberosMessage.TGS_REQ -> {
                flush();
                request = message;
                asked = connection.now();
            }
            case KerberosMessage.AP_REQ -> {} // a password is changed: the tickets tell
            default -> answer(message);
        }
    }

    private void answer(KerberosMessage answer) {
        if (answer.error() != KerberosMessage.PREAUTH_REQUIRED) {
            say(answer);
        }
        request = null;
    }

    private void say(@Nullable KerberosMessage answer) {
        long now = connection.now();
        connection.emit(
                KerberosPair.event(
                        request == null ? now : asked,
                        now,
                        connection.uid(),
                        connection.id(),
                        connection.proto(),
                        request,
                        answer));
    }

    private void flush() {
        if (request != null) {
            say(null);
            request = null;
        }
    }

    void close() {
        flush();
    }
}
