package io.hark.parse.dns;

import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.format.dns.DnsMessage;
import io.hark.format.dns.DnsName;

/// Whether bytes have the form of a DNS message. Text is told by its third octet or its fifth:
/// nobody asks 8224 questions.
final class DnsProbe {

    private static final int MAX_OPCODE = 8; // of the NetBIOS name service; of DNS it is 6
    private static final int QUESTION = 5; // octets of the shortest: root, type, class
    private static final int RECORD = 11; // octets of the shortest: root, type, class, TTL, length
    private static final int UNICAST_ANSWER = 0x8000; // multicast DNS sets it in the class

    private DnsProbe() {}

    /// Answers YES if header and first question are those of a DNS message, MAYBE if only the
    /// header may be, MORE if what there is of the first question looks well but is not all, else
    /// NO.
    ///
    /// @param from where the message begins in `bytes`
    /// @param length how long it is said to be; it may not be all there
    static int form(Bytes bytes, int from, int length) {
        int flags = bytes.peekU16(from + 2);
        int questions = bytes.peekU16(from + 4);
        boolean text = flags >= 0 && (flags >>> 11 & 0xf) > MAX_OPCODE;
        if (length < DnsMessage.HEADER || text || questions > DnsMessage.MAX_QUESTIONS) {
            return Verdict.NO;
        }
        int answers = bytes.peekU16(from + 6);
        int authorities = bytes.peekU16(from + 8);
        int additionals = bytes.peekU16(from + 10);
        if (additionals < 0) {
            return Verdict.MORE;
        }
        boolean reply = (flags & 0x8000) != 0;
        long records = (long) answers + authorities + additionals;
        if (questions + records == 0) {
            return reply && length == DnsMessage.HEADER && (flags & 0xf) != 0
                    ? Verdict.MAYBE
                    : Verdict.NO;
        }
        if (DnsMessage.HEADER + (long) questions * QUESTION + records * RECORD > length) {
            return Verdict.MAYBE;
        }
        boolean odd =
                !reply && ((flags & 0x8f) != 0 || (flags & 0x7800) == 0 && authorities > questions);
        if (questions == 0 || odd) {
            return Verdict.MAYBE;
        }
        return question(bytes, from + DnsMessage.HEADER, from + length);
    }

    private static int question(Bytes bytes, int from, int to) {
        int at = from;
        while (true) {
            int label = bytes.peek(at);
            if (label < 0) {
                return at < to ? Verdict.MORE : Verdict.MAYBE;
            }
            at += 1 + label;
            if (label == 0) {
                break;
            }
            if (label > DnsName.MAX_LABEL || at - from >= DnsName.MAX_OCTETS || at > to) {
                return Verdict.MAYBE;
            }
        }
        int qtype = bytes.peekU16(at);
        int qclass = bytes.peekU16(at + 2);
        if (at + 4 > to || qtype == 0) {
            return Verdict.MAYBE;
        }
        if (qclass < 0) {
            return Verdict.MORE;
        }
        return switch (qclass & ~UNICAST_ANSWER) {
            case 1, 2, 3, 4, 254, 255 -> Verdict.YES;
            default -> Verdict.MAYBE;
        };
    }
}
