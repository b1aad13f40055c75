package io.hark.export.ecs;

import io.hark.bytes.JsonWriter;
import io.hark.bytes.JsonWriter.Key;
import io.hark.event.Dns;
import io.hark.schema.Addr;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// A DNS query and its answer.
public final class EcsDns implements EcsMapping<Dns> {

    private static final long SECOND = 1_000_000_000L;

    private static final Key PROTOCOL = new Key("network.protocol");
    private static final Key TYPE = new Key("dns.type");
    private static final Key OPCODE = new Key("dns.op_code");
    private static final Key CLASS = new Key("dns.question.class");
    private static final Key FLAGS = new Key("dns.header_flags");
    private static final Key ANSWERS = new Key("dns.answers");
    private static final Key DATA = new Key("data");
    private static final Key TTL = new Key("ttl");
    private static final Key RESOLVED = new Key("dns.resolved_ip");
    private static final Key OUTCOME = new Key("event.outcome");

    /// The mapping.
    public EcsDns() {}

    @Override
    public Class<Dns> kind() {
        return Dns.class;
    }

    @Override
    public List<String> types() {
        return List.of("protocol", "info");
    }

    @Override
    public String action() {
        return "dns-query";
    }

    @Override
    public Map<String, String> fields() {
        return Map.ofEntries(
                Map.entry("trans_id", "dns.id"),
                Map.entry("rtt", "event.duration"),
                Map.entry("query", "dns.question.name"),
                Map.entry("qtype_name", "dns.question.type"),
                Map.entry("rcode_name", "dns.response_code"),
                Map.entry("answers", ""),
                Map.entry("TTLs", ""),
                Map.entry("AA", ""),
                Map.entry("TC", ""),
                Map.entry("RD", ""),
                Map.entry("RA", ""),
                Map.entry("qclass_name", ""),
                Map.entry("opcode_name", ""));
    }

    @Override
    public void more(Dns dns, JsonWriter out) {
        out.text(PROTOCOL, "dns");
        out.text(TYPE, dns.rcode() == null ? "query" : "answer");
        if (dns.opcode_name() != null) {
            out.text(OPCODE, dns.opcode_name().toUpperCase(Locale.ROOT));
        }
        if (dns.qclass_name() != null) {
            out.text(CLASS, dns.qclass_name().equals("C_INTERNET") ? "IN" : dns.qclass_name());
        }
        out.list(FLAGS);
        flag(out, dns.aa(), "AA");
        flag(out, dns.tc(), "TC");
        flag(out, dns.rd(), "RD");
        flag(out, dns.ra(), "RA");
        out.endList();
        answers(dns, out);
        if (dns.rcode() != null) {
            out.text(OUTCOME, dns.rcode() == 0 ? "success" : "failure");
        }
    }

    private static void flag(JsonWriter out, boolean set, String name) {
        if (set) {
            out.item(name);
        }
    }

    private static void answers(Dns dns, JsonWriter out) {
        List<String> answers = dns.answers();
        if (answers == null) {
            return;
        }
        long[] ttls = dns.ttls();
        out.list(ANSWERS);
        for (int i = 0; i < answers.size(); i++) {
            out.object().text(DATA, answers.get(i));
            if (ttls != null && i < ttls.length) {
                out.number(TTL, ttls[i] / SECOND);
            }
            out.end();
        }
        out.endList();
        out.texts(RESOLVED, answers.stream().filter(text -> Addr.parse(text) != null).toList());
    }
}
