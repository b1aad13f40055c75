package io.hark.report;

import io.hark.event.Finding;
import io.hark.incident.Incident;
import io.hark.incident.Incident.Member;
import io.hark.incident.Role;
import io.hark.schema.Addr;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Incidents as a STIX 2.1 bundle: for each a `report` of everything about it, an `incident`, and
/// of each of its findings what was observed (`observed-data` of the two addresses) and which
/// `attack-pattern` was sighted in it. Operators' addresses and names become `indicator`s.
///
/// Ids are made of what they name (UUID version 5), times are those of the evidence: the same case
/// gives the same bundle.
///
/// *Source*: OASIS, STIX version 2.1, §2.9 for ids, §4 and §5 for objects.
///
/// *Thread*: one owner.
public final class StixBundle {

    private static final ObjectMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /// Of ids of what was observed: STIX 2.1 §2.9.
    private static final UUID OBSERVABLES = UUID.fromString("00abedb4-aa42-466c-9c01-fed23315a9b7");

    /// Of all other ids: our own.
    private static final UUID OURS = UUID.fromString("6f5b0c0e-7f0b-5a0e-9d6f-2f6a9d1c7f33");

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    private final Knowledge knowledge = new Knowledge();
    private final Map<String, ObjectNode> objects = new LinkedHashMap<>();
    private final String author;

    private StixBundle(long first) {
        ObjectNode identity = object("identity", "hark", first);
        identity.remove("created_by_ref");
        identity.put("name", "Hark").put("identity_class", "system");
        author = identity.path("id").asString();
    }

    /// The bundle.
    public static String of(List<Incident> incidents) {
        long first = incidents.stream().mapToLong(Incident::first).min().orElse(0);
        StixBundle bundle = new StixBundle(first);
        incidents.forEach(bundle::incident);
        StringBuilder ids = new StringBuilder();
        bundle.objects.keySet().forEach(ids::append);
        ObjectNode root = JSON.createObjectNode();
        root.put("type", "bundle").put("id", "bundle--" + uuid(OURS, ids.toString()));
        ArrayNode list = root.putArray("objects");
        bundle.objects.values().forEach(list::add);
        return JSON.writeValueAsString(root) + "\n";
    }

    private ObjectNode object(String type, String key, long nanos) {
        String id = type + "--" + uuid(OURS, type + '|' + key);
        ObjectNode node = objects.computeIfAbsent(id, _ -> JSON.createObjectNode());
        if (node.isEmpty()) {
            node.put("type", type).put("spec_version", "2.1").put("id", id);
            node.put("created_by_ref", author);
            node.put("created", time(nanos)).put("modified", time(nanos));
        }
        return node;
    }

    private static String id(ObjectNode node) {
        return node.path("id").asString();
    }

    private void incident(Incident incident) {
        ObjectNode whole = object("incident", incident.id(), incident.last());
        whole.put("name", incident.title()).put("description", incident.why());
        Set<String> about = new LinkedHashSet<>();
        about.add(id(whole));
        for (Finding finding : incident.findings()) {
            about.addAll(finding(finding));
        }
        for (Member member : incident.hosts()) {
            if (member.role() == Role.OPERATOR) {
                about.addAll(indicators(incident, member.host()));
            }
        }
        ObjectNode report = object("report", incident.id(), incident.last());
        report.put("name", incident.title()).put("description", incident.why());
        report.putArray("report_types").add("threat-report");
        report.put("published", time(incident.last()));
        report.put("confidence", percent(incident.confidence()));
        about.forEach(report.putArray("object_refs")::add);
    }

    /// What was observed and which techniques were sighted in it; their ids.
    private Set<String> finding(Finding finding) {
        Set<String> ids = new LinkedHashSet<>();
        String from = address(finding.orig_h());
        String to = address(finding.resp_h());
        ObjectNode observed = object("observed-data", finding.id(), finding.last());
        observed.put("first_observed", time(finding.first()));
        observed.put("last_observed", time(finding.last()));
        observed.put("number_observed", Math.max(1, finding.uids().size()));
        Set<String> seen = new LinkedHashSet<>(List.of(from));
        seen.add(to);
        seen.forEach(observed.putArray("object_refs")::add);
        ids.add(id(observed));
        ids.addAll(seen);
        for (String technique : finding.techniques()) {
            String pattern = technique(technique, finding.first());
            ObjectNode sighting =
                    object("sighting", finding.id() + '|' + technique, finding.last());
            sighting.put("description", finding.title() + "\n\n" + finding.why());
            sighting.put("first_seen", time(finding.first()));
            sighting.put("last_seen", time(finding.last()));
            sighting.put("confidence", percent(finding.confidence()));
            sighting.put("sighting_of_ref", pattern);
            sighting.putArray("observed_data_refs").add(id(observed));
            sighting.putArray("where_sighted_refs").add(author);
            ids.add(pattern);
            ids.add(id(sighting));
        }
        return ids;
    }

    private String technique(String technique, long nanos) {
        ObjectNode pattern = object("attack-pattern", technique, nanos);
        if (!pattern.has("name")) {
            String name = knowledge.name(technique);
            pattern.put("name", name.isEmpty() ? technique : name);
            pattern.putArray("external_references")
                    .addObject()
                    .put("source_name", "mitre-attack")
                    .put("external_id", technique);
        }
        return id(pattern);
    }

    private Set<String> indicators(Incident incident, Addr operator) {
        Set<String> ids = new LinkedHashSet<>();
        String type = operator.isV4() ? "ipv4-addr" : "ipv6-addr";
        ids.addAll(indicator(incident, operator.toString(), type));
        for (Finding finding : incident.findings()) {
            String name = finding.host();
            if (finding.resp_h().equals(operator)
                    && name != null
                    && name.matches("[A-Za-z0-9_-]{1,63}(\\.[A-Za-z0-9_-]{1,63})+")
                    && Addr.parse(name) == null) {
                ids.addAll(indicator(incident, name, "domain-name"));
            }
        }
        return ids;
    }

    private Set<String> indicator(Incident incident, String value, String type) {
        ObjectNode indicator = object("indicator", value, incident.first());
        if (!indicator.has("pattern")) {
            indicator.put("name", value).put("description", incident.title());
            indicator.putArray("indicator_types").add("malicious-activity");
            indicator.put("pattern", "[" + type + ":value = '" + value + "']");
            indicator.put("pattern_type", "stix");
            indicator.put("valid_from", time(incident.first()));
            indicator.put("confidence", percent(incident.confidence()));
        }
        Set<String> ids = new LinkedHashSet<>(List.of(id(indicator)));
        for (String technique : incident.techniques()) {
            ObjectNode link = object("relationship", value + '|' + technique, incident.last());
            link.put("relationship_type", "indicates");
            link.put("source_ref", id(indicator));
            link.put("target_ref", technique(technique, incident.first()));
            ids.add(id(link));
        }
        return ids;
    }

    private String address(Addr addr) {
        String type = addr.isV4() ? "ipv4-addr" : "ipv6-addr";
        String id = type + "--" + uuid(OBSERVABLES, "{\"value\":\"" + addr + "\"}");
        ObjectNode node = objects.computeIfAbsent(id, _ -> JSON.createObjectNode());
        node.put("type", type).put("spec_version", "2.1").put("id", id);
        node.put("value", addr.toString());
        return id;
    }

    private static long percent(double share) {
        return Math.round(share * 100);
    }

    private static String time(long nanos) {
        return TIME.format(
                Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L),
                        Math.floorMod(nanos, 1_000_000_000L)));
    }

    /// A UUID made of a name: RFC 9562 §5.5.
    private static UUID uuid(UUID namespace, String name) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(
                    ByteBuffer.allocate(16)
                            .putLong(namespace.getMostSignificantBits())
                            .putLong(namespace.getLeastSignificantBits())
                            .array());
            ByteBuffer hash = ByteBuffer.wrap(sha1.digest(name.getBytes(StandardCharsets.UTF_8)));
            long high = hash.getLong() & ~0xf000L | 0x5000L;
            long low = hash.getLong() & 0x3fff_ffff_ffff_ffffL | 0x8000_0000_0000_0000L;
            return new UUID(high, low);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-1", e);
        }
    }
}
