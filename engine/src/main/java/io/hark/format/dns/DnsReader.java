package io.hark.format.dns;

import io.hark.format.dns.DnsMessage.Counts;
import io.hark.format.dns.DnsMessage.Fault;
import io.hark.format.dns.DnsMessage.Question;
import io.hark.format.dns.DnsMessage.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads one message. Every step moves on or ends: records are at least eleven octets, a
/// compression pointer leads only backwards and what stands behind it ends before the pointer.
///
/// *Source*: RFC 1035 §4.1, compression §4.1.4; which types hold names that may be compressed RFC
/// 3597 §4 and RFC 4034 §6.2.
final class DnsReader {

    /// The most pointers in one name: as many as a name can have labels.
    private static final int MAX_POINTERS = DnsName.MAX_OCTETS / 2;

    /// The most faults of one message that are told apart; a flood of them says no more.
    private static final int MAX_FAULTS = 8;

    private static final int RECORD_HEAD = 10; // type, class, TTL, length
    private static final int POINTER = 0xc0;

    private final byte[] octets;
    private final byte[] scratch = new byte[DnsName.MAX_OCTETS];
    private int at;
    private boolean stopped;
    private @Nullable DnsName first;
    private List<Fault> faults = List.of();

    private DnsReader(byte[] octets) {
        this.octets = octets;
    }

    static @Nullable DnsMessage read(byte[] octets, boolean all) {
        return octets.length < DnsMessage.HEADER ? null : new DnsReader(octets).message(all);
    }

    private DnsMessage message(boolean all) {
        int id = u16();
        int flags = u16();
        Counts counts = new Counts(u16(), u16(), u16(), u16());
        boolean update = (flags >>> 11 & 0xf) == DnsMessage.UPDATE;
        List<Question> questions = questions(counts.questions());
        List<Resource> answers = resources(counts.answers(), update);
        boolean more = all || update; // an update's updates stand where the authorities do
        List<Resource> authorities = more ? resources(counts.authorities(), update) : List.of();
        List<Resource> additionals = all ? resources(counts.additionals(), true) : List.of();
        return new DnsMessage(
                id, flags, counts, questions, answers, authorities, additionals, faults, !stopped);
    }

    private List<Question> questions(int count) {
        if (count > DnsMessage.MAX_QUESTIONS) {
            stop("DNS_Conn_count_too_large", Integer.toString(count));
            return List.of();
        }
        if (count == 1) {
            Question question = question();
            return question == null ? List.of() : List.of(question);
        }
        List<Question> questions = new ArrayList<>(count);
        for (int i = 0; i < count && !stopped; i++) {
            Question question = question();
            if (question != null) {
                questions.add(question);
            }
        }
        return questions;
    }

    private @Nullable Question question() {
        boolean opening = at == DnsMessage.HEADER;
        DnsName name = name();
        if (opening && faults.isEmpty()) {
            first = name;
        }
        if (!stopped && octets.length - at < 4) {
            stop("DNS_truncated_quest_too_short", null);
        }
        return stopped ? null : new Question(name, u16(), u16());
    }

    private List<Resource> resources(int count, boolean mayBeEmpty) {
        if (count == 0 || stopped) {
            return List.of();
        }
        List<Resource> resources =
                new ArrayList<>(Math.min(count, (octets.length - at) / RECORD_HEAD + 1));
        for (int i = 0; i < count && !stopped; i++) {
            Resource resource = resource(mayBeEmpty);
            if (resource != null) {
                resources.add(resource);
            }
        }
        return resources;
    }

    private @Nullable Resource resource(boolean mayBeEmpty) {
        DnsName owner = name();
        if (!stopped && octets.length - at < RECORD_HEAD) {
            stop("DNS_truncated_ans_too_short", null);
        }
        if (stopped) {
            return null;
        }
        int type = u16();
        int rclass = u16();
        long ttl = (long) u16() << 16 | u16();
        int length = u16();
        if (length > octets.length - at) {
            stop("DNS_truncated_RR_rdlength_lt_len", null);
            return null;
        }
        if (length == 0 && !mayBeEmpty) {
            fault("DNS_zero_rdlength", null);
        }
        return new Resource(owner, type, rclass, ttl, data(type, length));
    }

    /// The data of a record, its names uncompressed; leaves the cursor behind it.
    private byte[] data(int type, int length) {
        int from = at;
        int to = from + length;
        int names = length == 0 ? 0 : names(type);
        int head = names == 0 ? 0 : head(type, from, to);
        if (length != 0
                && (type == DnsType.A && length != 4 || type == DnsType.AAAA && length != 16)) {
            fault("DNS_RR_bad_length", Integer.toString(length));
        }
        if (names == 0 || head >= length) {
            if (names != 0) {
                fault("DNS_RR_length_mismatch", null);
            }
            at = to;
            return Arrays.copyOfRange(octets, from, to);
        }
        at = from + head;
        DnsName one = name();
        DnsName two = names == 2 && at < to && !stopped ? name() : null;
        int rest = Math.max(0, to - at);
        if (at > to || rest != 0 && endsWithName(type)) {
            fault("DNS_RR_length_mismatch", null);
            rest = endsWithName(type) ? 0 : rest;
        }
        byte[] data = new byte[head + one.length() + (two == null ? 0 : two.length()) + rest];
        System.arraycopy(octets, from, data, 0, head);
        int place = one.copyTo(data, head);
        place = two == null ? place : two.copyTo(data, place);
        System.arraycopy(octets, to - rest, data, place, rest);
        at = to;
        return data;
    }

    private static int names(int type) {
        return switch (type) {
            case DnsType.NS,
                    DnsType.MD,
                    DnsType.MF,
                    DnsType.CNAME,
                    DnsType.MB,
                    DnsType.MG,
                    DnsType.MR,
                    DnsType.PTR ->
                    1;
            case DnsType.MX,
                    DnsType.AFSDB,
                    DnsType.RT,
                    DnsType.SIG,
                    DnsType.NXT,
                    DnsType.SRV,
                    DnsType.NAPTR ->
                    1;
            case DnsType.KX,
                    DnsType.DNAME,
                    DnsType.RRSIG,
                    DnsType.NSEC,
                    DnsType.SVCB,
                    DnsType.HTTPS ->
                    1;
            case DnsType.TKEY, DnsType.TSIG -> 1;
            case DnsType.SOA, DnsType.MINFO, DnsType.RP, DnsType.PX -> 2;
            default -> 0;
        };
    }

    private static boolean endsWithName(int type) {
        return switch (type) {
            case DnsType.SOA, DnsType.SIG, DnsType.NXT, DnsType.RRSIG, DnsType.NSEC -> false;
            case DnsType.SVCB, DnsType.HTTPS, DnsType.TKEY, DnsType.TSIG -> false;
            default -> true;
        };
    }

    /// How many octets stand before the first name.
    private int head(int type, int from, int to) {
        return switch (type) {
            case DnsType.MX,
                    DnsType.AFSDB,
                    DnsType.RT,
                    DnsType.PX,
                    DnsType.KX,
                    DnsType.SVCB,
                    DnsType.HTTPS ->
                    2;
            case DnsType.SRV -> 6;
            case DnsType.SIG, DnsType.RRSIG -> 18;
            case DnsType.NAPTR -> {
                int place = from + 4;
                for (int i = 0; i < 3 && place < to; i++) {
                    place += 1 + (octets[place] & 0xff);
                }
                yield place - from;
            }
            default -> 0;
        };
    }

    /// The name at the cursor, decompressed; leaves the cursor behind it.
    private DnsName name() {
        int place = at;
        if (first != null
                && place + 1 < octets.length
                && octets[place] == (byte) POINTER
                && octets[place + 1] == DnsMessage.HEADER) {
            at += 2;
            return first; // most owners are the name asked for
        }
        int after = -1;
        int ceiling = octets.length;
        int pointers = 0;
        int size = 0;
        boolean tooLong = false;
        while (true) {
            if (place >= ceiling) {
                if (after < 0) {
                    stop("DNS_label_len_gt_pkt", null);
                } else {
                    fault("DNS_name_loop", null);
                }
                break;
            }
            int length = octets[place] & 0xff;
            if (length == 0) {
                place++;
                break;
            }
            if (length >= POINTER) {
                if (place + 1 >= ceiling) {
                    stop("DNS_label_len_gt_pkt", null);
                    break;
                }
                int target = (length & 0x3f) << 8 | octets[place + 1] & 0xff;
                after = after < 0 ? place + 2 : after;
                if (target >= place) {
                    fault("DNS_label_forward_compress_offset", Integer.toString(target));
                    break;
                }
                if (++pointers > MAX_POINTERS) {
                    fault("DNS_name_loop", null);
                    break;
                }
                ceiling = place;
                place = target;
                continue;
            }
            if (length > DnsName.MAX_LABEL) {
                stop("DNS_label_too_long", Integer.toString(length));
                break;
            }
            int next = place + 1 + length;
            if (next > ceiling) {
                stop("DNS_label_len_gt_pkt", null);
                break;
            }
            tooLong |= size + 1 + length >= DnsName.MAX_OCTETS;
            if (!tooLong) {
                System.arraycopy(octets, place, scratch, size, 1 + length);
                size += 1 + length;
            }
            place = next;
        }
        at = after < 0 ? place : after;
        if (tooLong) {
            fault("DNS_NAME_too_long", null);
        }
        return size == 0 ? DnsName.ROOT : new DnsName(Arrays.copyOf(zeroed(size), size + 1));
    }

    private byte[] zeroed(int size) {
        scratch[size] = 0;
        return scratch;
    }

    /// The next 16 bits; the caller has made sure of them.
    private int u16() {
        int value = (octets[at] & 0xff) << 8 | octets[at + 1] & 0xff;
        at += 2;
        return value;
    }

    private void fault(String name, @Nullable String detail) {
        if (faults.isEmpty()) {
            faults = new ArrayList<>(2);
        }
        Fault fault = new Fault(name, detail);
        if (faults.size() < MAX_FAULTS && !faults.contains(fault)) {
            faults.add(fault);
        }
    }

    private void stop(String name, @Nullable String detail) {
        stopped = true;
        fault(name, detail);
    }
}
