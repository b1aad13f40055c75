package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Half of a DNS transaction: a query as it was asked, or the answer to one. Each is carried when
/// it was on the wire, because tunnels hold answers back until there is something to say.
///
/// *Errors*: a name that breaks off ends where it does.
///
/// @param answered whether it is an answer
/// @param dnsId the transaction's id
/// @param name the name asked for as it was on the wire: labels behind their lengths, with a zero
///   at the end, in the letters and octets they were written in; empty where an answer repeats no
///   question and its query was not seen
/// @param qtype the type asked for; 0 where that is not known
/// @param rcode the answer's code; 0 for a query
/// @param answers the records of its answer section, in order
public record DnsTransaction(
        long ts,
        String uid,
        Endpoints id,
        String decoder,
        long sequence,
        boolean answered,
        int dnsId,
        byte[] name,
        int qtype,
        int rcode,
        List<Resource> answers)
        implements Offered {

    /// One record of the answer.
    ///
    /// @param type its type, whatever it is
    /// @param data its data; names in it are uncompressed
    public record Resource(int type, byte[] data) implements Stored {}

    /// Keeps its own copy of the list.
    public DnsTransaction {
        answers = List.copyOf(answers);
    }

    /// The labels of the name asked for, in order, without the root.
    public List<byte[]> labels() {
        return labels(name, 0);
    }

    /// The labels of the uncompressed name that begins at `from` in `octets`.
    ///
    /// For example, over `03 77 77 77 00` from 0 it is one, `www`.
    public static List<byte[]> labels(byte[] octets, int from) {
        List<byte[]> labels = new ArrayList<>();
        for (int at = from; at < octets.length && octets[at] != 0; at += 1 + (octets[at] & 0xff)) {
            int to = Math.min(octets.length, at + 1 + (octets[at] & 0xff));
            labels.add(Arrays.copyOfRange(octets, at + 1, to));
        }
        return labels;
    }

    @Override
    public DnsTransaction to(String reader, long place) {
        return new DnsTransaction(
                ts, uid, id, reader, place, answered, dnsId, name, qtype, rcode, answers);
    }
}
