package io.hark.parse.tls;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// TLS and SSL over TCP, from SSLv2's hello to TLS 1.3.
///
/// It claims a stream that begins with a hello of either side, on any port: a connection whose
/// handshake was not seen is not claimed, since there is nothing to say about it.
public final class TlsParser implements StreamParser {

    private static final Hints HINTS =
            Hints.ports(443, 465, 563, 636, 853, 989, 990, 992, 993, 995, 5061, 5223, 8443, 8883)
                    .beginning("\u0015\u0016\u0080\u0081");

    @Override
    public String name() {
        return "ssl";
    }

    @Override
    public String about() {
        return "TLS 1.0 to 1.3, SSLv2 and SSLv3: handshake, certificates, JA3, JA3S, JA4 (RFC 8446, RFC 5246, RFC 6101)";
    }

    @Override
    public Hints hints() {
        return HINTS;
    }

    @Override
    public int probe(Bytes head, Side side) {
        int first = head.peek(0);
        if (first < 0) {
            return Verdict.MORE;
        }
        if (first >= 0x80) {
            return probeV2(head);
        }
        if (first != Records.ALERT) {
            return probeHello(head, 0, Records.CLIENT_HELLO);
        }
        // a server may warn before it says hello (of a name that it does not know)
        int record = either(isRecord(head, 0), is(head.peekU16(3), 2));
        return record == Verdict.YES
                ? probeHello(head, Records.HEADER + 2, Records.SERVER_HELLO)
                : record;
    }

    private static int probeHello(Bytes head, int at, int lowestType) {
        int verdict = is(head.peek(at), Records.HANDSHAKE);
        verdict = either(verdict, isRecord(head, at));
        int type = head.peek(at + Records.HEADER);
        verdict =
                either(
                        verdict,
                        type < 0 ? Verdict.MORE : within(type, lowestType, Records.SERVER_HELLO));
        int high = head.peek(at + Records.HEADER + 1);
        verdict =
                either(
                        verdict,
                        high < 0 ? Verdict.MORE : within(high, 0, Records.MAX_HANDSHAKE >>> 16));
        int version = head.peekU16(at + Records.HEADER + Records.MESSAGE_HEADER);
        verdict = either(verdict, version < 0 ? Verdict.MORE : isVersion(version));
        return verdict;
    }

    private static int isRecord(Bytes head, int at) {
        int version = head.peekU16(at + 1);
        int length = head.peekU16(at + 3);
        int verdict = version < 0 ? Verdict.MORE : within(version, 0x0300, 0x0304);
        return either(verdict, length < 0 ? Verdict.MORE : within(length, 1, Records.MAX_RECORD));
    }

    private static int isVersion(int version) {
        return version >>> 8 == 0x7f ? Verdict.YES : within(version, 0x0300, 0x0304);
    }

    /// ```
    ///  2 (high bit set)  1      2        2             2          2
    /// +----------------+------+---------+-------------+----------+-----------+
    /// | length         | 1    | version | cipher octets| id octets| challenge | …
    /// +----------------+------+---------+-------------+----------+-----------+
    /// ```
    private static int probeV2(Bytes head) {
        int type = head.peek(2);
        int version = head.peekU16(3);
        int ciphers = head.peekU16(5);
        int id = head.peekU16(7);
        int challenge = head.peekU16(9);
        int verdict = type < 0 ? Verdict.MORE : is(type, Records.CLIENT_HELLO);
        verdict =
                either(
                        verdict,
                        version < 0
                                ? Verdict.MORE
                                : version == 2 ? Verdict.YES : isVersion(version));
        if (verdict != Verdict.YES || challenge < 0) {
            return either(verdict, Verdict.MORE);
        }
        int length = head.peekU16(0) & 0x7fff;
        boolean agrees = length == 9 + ciphers + id + challenge && ciphers >= 3 && ciphers % 3 == 0;
        return agrees && challenge >= 16 && challenge <= 32 ? Verdict.YES : Verdict.NO;
    }

    private static int is(int value, int wanted) {
        return value < 0 ? Verdict.MORE : value == wanted ? Verdict.YES : Verdict.NO;
    }

    private static int within(int value, int lowest, int highest) {
        return value >= lowest && value <= highest ? Verdict.YES : Verdict.NO;
    }

    /// NO if one is NO, else MORE if one is MORE, else YES.
    private static int either(int one, int other) {
        return Math.min(one, other);
    }

    @Override
    public Session open(Connection connection) {
        return new TlsSession(connection);
    }
}
