package io.hark.lines;

import io.hark.format.dns.DnsType;
import io.hark.format.log.Stamps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// DNS in EVE, where a query is one line and its answer another: puts them together, as our rows
/// have both. A query without an answer is a row once a minute has gone by.
///
/// Lines of versions 2 (Suricata 5 to 7: `query`, `answer`) and 3 (`request`, `response`) are read.
///
/// *Thread*: one owner.
final class EveQueries {

    private static final int MAX_OPEN = 1 << 14; // queries under way; beyond it the first is a row
    private static final long PATIENCE = 60_000_000_000L; // nanoseconds
    private static final int TYPES = 260; // numbers in use have names below
    private static final int CODES = 24;

    private static final Map<String, Integer> TYPE_NUMBERS = new HashMap<>();
    private static final Map<String, Integer> CODE_NUMBERS = new HashMap<>();

    static {
        for (int type = 0; type < TYPES; type++) {
            TYPE_NUMBERS.put(DnsType.name(type), type);
        }
        for (int code = 0; code < CODES; code++) {
            CODE_NUMBERS.put(DnsType.rcodeName(code), code);
        }
    }

    private final Map<String, Query> open = new LinkedHashMap<>();

    private record Query(EveRow row, long nanos) {}

    /// Takes a line of DNS.
    ///
    /// @return the rows that are complete by it, in their order
    List<EveRow> take(JsonRow line, Stamps stamps) {
        List<EveRow> complete = new ArrayList<>();
        Long told = stamps.nanos(line.text("timestamp"));
        long nanos = told == null ? 0 : told;
        giveUp(nanos - PATIENCE, complete);
        String type = String.valueOf(line.text("dns.type"));
        String key = EveRow.uid(line) + "/" + line.text("dns.id") + '/' + asked(line, "rrname");
        if (type.equals("query") || type.equals("request")) {
            Query again = open.put(key, new Query(question(line), nanos));
            if (again != null) {
                complete.add(again.row);
            }
        } else if (type.equals("answer") || type.equals("response")) {
            Query query = open.remove(key);
            complete.add(answered(line, query, nanos));
        }
        return complete;
    }

    /// The queries that were never answered.
    List<EveRow> end() {
        List<EveRow> rows = new ArrayList<>();
        giveUp(Long.MAX_VALUE, rows);
        return rows;
    }

    private void giveUp(long before, List<EveRow> into) {
        Iterator<Query> first = open.values().iterator();
        while (first.hasNext()) {
            Query query = first.next();
            if (query.nanos >= before && open.size() < MAX_OPEN) {
                return;
            }
            into.add(query.row);
            first.remove();
        }
    }

    private static EveRow question(JsonRow line) {
        EveRow row = EveRow.begun("dns", line);
        String name = asked(line, "rrname");
        row.put("query", name == null ? null : name.toLowerCase(Locale.ROOT));
        String type = asked(line, "rrtype");
        row.put("qtype_name", type);
        row.put("qtype", number(TYPE_NUMBERS, type));
        row.put("trans_id", line.text("dns.id"));
        row.put("opcode", line.text("dns.opcode"));
        return row;
    }

    private static EveRow answered(JsonRow line, @Nullable Query query, long nanos) {
        EveRow row = query == null ? question(line) : query.row;
        if (query == null) {
            row.ends(line, EveRow.isFromServer(line));
        } else {
            row.put("rtt", EveRow.seconds(Math.max(0, nanos - query.nanos)));
        }
        row.put("seen", line.text("timestamp"));
        String code = line.text("dns.rcode");
        row.put("rcode_name", code);
        row.put("rcode", number(CODE_NUMBERS, code));
        row.put("rejected", Boolean.toString("REFUSED".equals(code)));
        for (String flag : List.of("aa", "tc", "rd", "ra")) {
            row.put(flag.toUpperCase(Locale.ROOT), line.text("dns." + flag));
        }
        answers(line, row);
        return row;
    }

    private static void answers(JsonRow line, EveRow row) {
        JsonNode dns = line.object().get("dns");
        JsonNode answers = dns == null ? null : dns.get("answers");
        if (answers == null || !answers.isArray()) {
            return;
        }
        List<String> data = new ArrayList<>();
        List<String> lives = new ArrayList<>();
        for (JsonNode answer : answers) {
            JsonNode value = answer.get("rdata");
            JsonNode life = answer.get("ttl");
            if (value != null && value.isValueNode()) {
                data.add(value.asString());
                lives.add(life == null ? "0" : life.asString());
            }
        }
        row.put("answers", data);
        row.put("TTLs", lives);
    }

    /// What was asked: a member of the first question, or in version 2 of the line.
    private static @Nullable String asked(JsonRow line, String member) {
        JsonNode dns = line.object().get("dns");
        JsonNode queries = dns == null ? null : dns.get("queries");
        JsonNode first = queries != null && queries.isArray() ? queries.get(0) : null;
        JsonNode value = first == null ? null : first.get(member);
        return value != null && value.isValueNode() ? value.asString() : line.text("dns." + member);
    }

    private static @Nullable String number(Map<String, Integer> numbers, @Nullable String name) {
        Integer number = name == null ? null : numbers.get(name);
        return number == null ? null : number.toString();
    }
}
