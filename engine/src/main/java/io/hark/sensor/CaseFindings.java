package io.hark.sensor;

import io.hark.UserError;
import io.hark.engagement.Networks;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Engage;
import io.hark.event.Finding.Severity;
import io.hark.schema.Addr;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;

/// The findings that a case holds, read back from its `findings.jsonl`.
///
/// @param findings in the order of the file
/// @param local which networks were taken for ours
public record CaseFindings(List<Finding> findings, Networks local) {

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final BigDecimal NANOS = BigDecimal.valueOf(1_000_000_000L);

    /// Keeps its own copy.
    public CaseFindings {
        findings = List.copyOf(findings);
    }

    /// Reads those of a case; none where no detector fired.
    ///
    /// @throws UserError if there is no finished case, or its files are not as we write them
    public static CaseFindings read(Path dir) {
        Path sealed = dir.resolve("case.json");
        if (!Files.exists(sealed)) {
            throw new UserError(
                    dir + " holds no finished case: make one with hark analyze INPUT --out " + dir);
        }
        Path lines = dir.resolve("findings.jsonl");
        List<Finding> findings = new ArrayList<>();
        Path at = sealed;
        try {
            JsonNode root = JSON.readTree(Files.readString(sealed));
            List<String> local = texts(root.at("/options/local"));
            at = lines;
            if (Files.exists(lines)) {
                for (String line : Files.readAllLines(lines)) {
                    findings.add(finding(JSON.readTree(line)));
                }
            }
            return new CaseFindings(findings, Networks.of(local));
        } catch (IOException e) {
            throw UserError.unreadable(at, e);
        } catch (JacksonException e) { // what its message has in brackets is about Java
            String why = String.valueOf(e.getOriginalMessage()).split(" \\(", 2)[0];
            throw new UserError(at + " is not as hark writes it: " + why, e);
        } catch (IllegalArgumentException e) {
            throw new UserError(at + " is not as hark writes it: " + e.getMessage(), e);
        }
    }

    private static Finding finding(JsonNode line) {
        long last = nanos(line.path("last"));
        return new Finding(
                last,
                last,
                line.path("id").asString(),
                line.path("revision").asInt(),
                line.path("detector").asString(),
                line.path("title").asString(),
                line.path("why").asString(),
                Severity.valueOf(line.path("severity").asString().toUpperCase(Locale.ROOT)),
                line.path("confidence").asDouble(),
                texts(line.path("techniques")),
                engage(line.path("engage")),
                addr(line.path("orig_h")),
                addr(line.path("resp_h")),
                line.has("resp_p") ? line.path("resp_p").asInt() : null,
                text(line, "host"),
                nanos(line.path("first")),
                last,
                texts(line.path("uids")),
                facts(line.path("evidence")),
                line.path("completeness").asDouble(),
                texts(line.path("next")));
    }

    private static @Nullable String text(JsonNode line, String name) {
        return line.has(name) ? line.path(name).asString() : null;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).toList();
    }

    private static List<Engage> engage(JsonNode list) {
        return list.valueStream()
                .map(
                        row ->
                                new Engage(
                                        row.path("activity").asString(),
                                        row.path("vulnerability").asString(),
                                        row.path("opportunity").asString()))
                .toList();
    }

    private static List<Fact> facts(JsonNode evidence) {
        return evidence.propertyStream()
                .map(
                        fact ->
                                fact.getValue().isNumber()
                                        ? Fact.of(fact.getKey(), fact.getValue().asDouble())
                                        : Fact.of(fact.getKey(), fact.getValue().asString()))
                .toList();
    }

    private static Addr addr(JsonNode node) {
        Addr addr = Addr.parse(node.asString());
        if (addr == null) {
            throw new IllegalArgumentException("'" + node.asString() + "' is no address");
        }
        return addr;
    }

    private static long nanos(JsonNode seconds) {
        return seconds.decimalValue().multiply(NANOS).longValue();
    }
}
