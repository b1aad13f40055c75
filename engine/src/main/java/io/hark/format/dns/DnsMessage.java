package io.hark.format.dns;

import io.hark.bytes.Bytes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A DNS message, read as far as it goes.
///
/// ```
///  0  1  2  3  4  5  6  7  8  9 10 11 12 13 14 15
/// +-----------------------------------------------+
/// |                      ID                       |
/// |QR|   Opcode  |AA|TC|RD|RA| Z|AD|CD|   RCODE   |
/// |                    QDCOUNT                    |
/// |                    ANCOUNT                    |
/// |                    NSCOUNT                    |
/// |                    ARCOUNT                    |
/// +-----------------------------------------------+
/// ```
///
/// *Lifetime*: its own; nothing points into the bytes it was read from. *Errors*: never thrown, see
/// [#faults]. *Source*: RFC 1035 §4.1; of a dynamic update (RFC 2136) the four sections are zone,
/// prerequisites, updates and additional.
///
/// @param id transaction id
/// @param flags the second 16 bits
/// @param counts how many questions, answers, authorities and additional records it announces
/// @param questions the questions that could be read
/// @param answers the records of the answer section that could be read
/// @param authorities the records of the authority section, if asked for
/// @param additionals the records of the additional section, if asked for
/// @param faults what was wrong, by Zeek's names where Zeek has one
/// @param isWhole whether all sections that were asked for were read to their end
public record DnsMessage(
        int id,
        int flags,
        Counts counts,
        List<Question> questions,
        List<Resource> answers,
        List<Resource> authorities,
        List<Resource> additionals,
        List<Fault> faults,
        boolean isWhole) {

    /// Octets of the header.
    public static final int HEADER = 12;

    /// The most questions: more is no DNS (as Zeek's `dns_max_queries`; programs send one,
    /// multicast DNS a few).
    public static final int MAX_QUESTIONS = 25;

    /// An ordinary query (RFC 1035).
    public static final int QUERY = 0;

    /// Opcode of a dynamic update (RFC 2136).
    public static final int UPDATE = 5;

    /// What the header announces.
    public record Counts(int questions, int answers, int authorities, int additionals) {}

    /// A question.
    ///
    /// @param qclass its class, with the bit of multicast DNS that asks for a unicast answer
    public record Question(DnsName name, int qtype, int qclass) {}

    /// A resource record.
    ///
    /// @param ttl time to live in seconds
    /// @param data its data; names inside are uncompressed, so that it can be read alone
    public record Resource(DnsName owner, int type, int rclass, long ttl, byte[] data) {}

    /// Something wrong in the bytes.
    ///
    /// @param name Zeek's name, where Zeek has one
    /// @param detail the value that was wrong
    public record Fault(String name, @Nullable String detail) {}

    /// Copies the lists.
    public DnsMessage {
        questions = List.copyOf(questions);
        answers = List.copyOf(answers);
        authorities = List.copyOf(authorities);
        additionals = List.copyOf(additionals);
        faults = List.copyOf(faults);
    }

    /// Reads header, questions and answers; null if not even the header is there. The cursor does
    /// not move.
    public static @Nullable DnsMessage read(Bytes whole) {
        return DnsReader.read(whole.toArray(), false);
    }

    /// Reads all four sections; null if not even the header is there. The cursor does not move.
    public static @Nullable DnsMessage readAll(Bytes whole) {
        return DnsReader.read(whole.toArray(), true);
    }

    /// Whether it is an answer (QR).
    public boolean isReply() {
        return (flags & 0x8000) != 0;
    }

    /// Operation code.
    public int opcode() {
        return flags >>> 11 & 0xf;
    }

    /// Authoritative answer (AA).
    public boolean isAuthoritative() {
        return (flags & 0x400) != 0;
    }

    /// Truncated (TC).
    public boolean isTruncated() {
        return (flags & 0x200) != 0;
    }

    /// Recursion desired (RD).
    public boolean wantsRecursion() {
        return (flags & 0x100) != 0;
    }

    /// Recursion available (RA).
    public boolean offersRecursion() {
        return (flags & 0x80) != 0;
    }

    /// The three bits that RFC 1035 calls Z; RFC 4035 made AD and CD of the lower two.
    public int z() {
        return flags >>> 4 & 7;
    }

    /// The answer code, without EDNS's upper bits.
    public int rcode() {
        return flags & 0xf;
    }
}
