package io.hark.parse.dns;

import io.hark.Connection;
import io.hark.Decoder;
import io.hark.bytes.Bytes;
import io.hark.carry.DnsTransaction;
import io.hark.event.Dns;
import io.hark.event.DnsDetail;
import io.hark.format.dns.DnsMessage;
import io.hark.format.dns.DnsMessage.Fault;
import io.hark.format.dns.DnsMessage.Question;
import io.hark.format.dns.DnsMessage.Resource;
import io.hark.format.dns.DnsName;
import io.hark.format.dns.DnsText;
import io.hark.format.dns.DnsType;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pairs the queries and answers of one connection, each pair one [Dns] event.
///
/// An answer belongs to the oldest query with its id that has none. A query is given up when the
/// connection ends, when it is [#PATIENCE_NANOS] old, or when [#MAX_PENDING] others wait behind it,
/// and is an event without an answer. An answer without a query is an event at once. To a multicast
/// group everybody answers or nobody: there every message is an event of its own.
///
/// *Shape*: AA, RA, rcode and TTLs are those of the answer, RD and Z those of the query, TC of
/// either. Of several questions the first has the answers, the others are events of their own.
/// *Thread*: the worker.
final class DnsTransactions {

    /// The most queries that wait for answers: a resolver that asks one server from one port has a
    /// few dozen under way.
    static final int MAX_PENDING = 100;

    /// How long a query waits, nanoseconds: resolvers give up after some 30 s.
    static final long PATIENCE_NANOS = 60_000_000_000L;

    /// The most answers of one event: a message has room for more, but nobody reads on.
    static final int MAX_ANSWERS = 1000;

    private static final long SECOND = 1_000_000_000L;

    private final Connection connection;
    private final boolean netbios;
    private final boolean multicast;
    private final List<Query> pending = new ArrayList<>(1);
    private boolean confirmed;
    private int messages;

    private record Query(long ts, DnsMessage message) {}

    DnsTransactions(Connection connection) {
        this.connection = connection;
        netbios = connection.id().resp_p() == DnsPorts.NETBIOS && connection.proto().equals("udp");
        multicast = isMulticast(connection.id().resp_h());
    }

    private static boolean isMulticast(Addr host) {
        return host.isV4() ? host.v4Bits() >>> 28 == 0xe : host.hi() >>> 56 == 0xff;
    }

    /// Reads one message.
    void message(Bytes payload) {
        boolean detailed = connection.isWanted(DnsDetail.class);
        DnsMessage message = detailed ? DnsMessage.readAll(payload) : DnsMessage.read(payload);
        if (message == null) {
            connection.anomaly("DNS_truncated_len_lt_hdr_len", null);
            return;
        }
        for (Fault fault : message.faults()) {
            connection.anomaly(fault.name(), fault.detail());
        }
        if (message.counts().questions() > DnsMessage.MAX_QUESTIONS) {
            return; // not DNS
        }
        if (!confirmed && message.isWhole()) {
            confirmed = true;
            connection.confirm();
        }
        long now = connection.now();
        if (detailed) {
            connection.emit(Detail.of(message, messages++, connection));
        }
        while (!pending.isEmpty() && now - pending.getFirst().ts > PATIENCE_NANOS) {
            emit(pending.removeFirst(), null);
        }
        if (connection.isTasted(Decoder.Carrier.DNS)) {
            offer(message);
        }
        if (multicast) {
            emit(
                    message.isReply() ? null : new Query(now, message),
                    message.isReply() ? message : null);
        } else if (message.isReply()) {
            emit(take(message.id()), message);
        } else {
            if (pending.size() == MAX_PENDING) {
                emit(pending.removeFirst(), null);
            }
            pending.add(new Query(now, message));
        }
    }

    /// Shows the message to decoders: an answer that repeats no question with that of its query.
    private void offer(DnsMessage message) {
        List<Question> questions = message.questions();
        for (int i = 0; questions.isEmpty() && message.isReply() && i < pending.size(); i++) {
            DnsMessage query = pending.get(i).message;
            questions = query.id() == message.id() ? query.questions() : questions;
        }
        Question asked = questions.isEmpty() ? null : questions.getFirst();
        connection.offer(
                new DnsTransaction(
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        "",
                        0,
                        message.isReply(),
                        message.id(),
                        asked == null ? new byte[0] : asked.name().octets(),
                        asked == null ? 0 : asked.qtype(),
                        message.isReply() ? message.rcode() : 0,
                        message.answers().stream()
                                .map(
                                        record ->
                                                new DnsTransaction.Resource(
                                                        record.type(), record.data()))
                                .toList()));
    }

    /// The connection is over: nothing will be answered any more.
    void close() {
        for (Query query : pending) {
            emit(query, null);
        }
        pending.clear();
    }

    private @Nullable Query take(int id) {
        for (int i = 0; i < pending.size(); i++) {
            if (pending.get(i).message.id() == id) {
                return pending.remove(i);
            }
        }
        return null;
    }

    private void emit(@Nullable Query query, @Nullable DnsMessage reply) {
        DnsMessage lead = query != null ? query.message : reply;
        if (lead == null) {
            return;
        }
        Answers answers = new Answers();
        if (lead.opcode() == DnsMessage.UPDATE && !netbios) {
            answers.updates(reply != null && !reply.answers().isEmpty() ? reply : lead);
            emit(query, reply, lead, null, answers);
            return;
        }
        if (reply != null) {
            answers.records(reply, netbios);
        }
        List<Question> questions =
                lead.questions().isEmpty() && reply != null ? reply.questions() : lead.questions();
        emit(query, reply, lead, questions.isEmpty() ? null : questions.getFirst(), answers);
        for (int i = 1; i < questions.size(); i++) {
            emit(query, reply, lead, questions.get(i), new Answers());
        }
    }

    private void emit(
            @Nullable Query query,
            @Nullable DnsMessage reply,
            DnsMessage lead,
            @Nullable Question question,
            Answers answers) {
        long now = connection.now();
        long ts = query != null ? query.ts : now;
        DnsMessage asked = query == null ? null : query.message;
        connection.emit(
                new Dns(
                        ts,
                        now,
                        connection.uid(),
                        connection.id(),
                        connection.proto(),
                        lead.id(),
                        query != null && reply != null && now > ts ? now - ts : null,
                        question != null ? shown(question.name()) : answers.owner,
                        question == null ? null : question.qclass(),
                        question == null ? null : DnsType.className(question.qclass()),
                        question == null ? null : question.qtype(),
                        question == null ? null : typeName(question.qtype()),
                        reply == null ? null : reply.rcode(),
                        reply == null ? null : DnsType.rcodeName(reply.rcode()),
                        reply != null && reply.isAuthoritative(),
                        lead.isTruncated() || reply != null && reply.isTruncated(),
                        lead.wantsRecursion(),
                        reply != null && reply.offersRecursion(),
                        asked == null ? 0 : asked.z(),
                        answers.texts.isEmpty() ? null : List.copyOf(answers.texts),
                        answers.texts.isEmpty() ? null : answers.ttls(),
                        reply != null && isRejection(reply),
                        lead.opcode(),
                        netbios
                                ? DnsType.netbiosOpcodeName(lead.opcode())
                                : DnsType.opcodeName(lead.opcode())));
    }

    private String shown(DnsName name) {
        String known = netbios ? DnsText.netbiosName(name) : null;
        return known == null ? name.text() : known;
    }

    private String typeName(int qtype) {
        return netbios && qtype == DnsType.SRV ? "NBSTAT" : DnsType.name(qtype);
    }

    /// Whether Zeek would raise `dns_rejected`: an answer without any record, whatever its code; of
    /// one without questions, an error code.
    private static boolean isRejection(DnsMessage reply) {
        var counts = reply.counts();
        boolean bare = counts.answers() + counts.authorities() + counts.additionals() == 0;
        return counts.questions() == 0 ? reply.rcode() != 0 : bare;
    }

    /// The texts of an answer's records, each with its time to live.
    private static final class Answers {
        private List<String> texts = List.of();
        private long[] ttls = new long[2];
        private @Nullable String owner;

        void records(DnsMessage reply, boolean netbios) {
            for (Resource record : reply.answers()) {
                add(
                        record,
                        netbios && record.type() != DnsType.A
                                ? DnsText.netbios(record)
                                : DnsText.answer(record));
            }
        }

        void updates(DnsMessage message) {
            for (Resource record : message.answers()) {
                add(record, DnsText.prerequisite(record));
            }
            for (Resource record : message.authorities()) {
                add(record, DnsText.update(record));
            }
        }

        private void add(Resource record, @Nullable String text) {
            if (owner == null) {
                owner = record.owner().text();
            }
            if (text == null || texts.size() == MAX_ANSWERS) {
                return;
            }
            if (texts.isEmpty()) {
                texts = new ArrayList<>(4);
            } else if (texts.size() == ttls.length) {
                ttls = java.util.Arrays.copyOf(ttls, 2 * ttls.length);
            }
            ttls[texts.size()] = record.ttl() * SECOND;
            texts.add(text);
        }

        long[] ttls() {
            return java.util.Arrays.copyOf(ttls, texts.size());
        }
    }
}
