package io.hark.event;

import io.hark.event.Finding.Engage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What an adversary's technique exposes, and what that allows a defender to do: the rows of MITRE
/// Engage for Network Monitoring, Network Analysis and Network Manipulation.
///
/// *Source*: the mapping of MITRE Engage 1.0 (Apache-2.0) in `engage.tsv`, a line a row: technique,
/// activity, vulnerability, opportunity; the opportunities are worded for this program.
public final class Opportunities {

    /// What a person reads of them; a finding of four techniques has a dozen.
    private static final int MAX_ROWS = 4;

    private static final Map<String, List<Engage>> ROWS = read();

    private Opportunities() {}

    /// The rows for these techniques, in their order, each pair of activity and vulnerability once;
    /// four at most. A sub-technique without rows has those of its technique.
    public static List<Engage> of(List<String> techniques) {
        List<Engage> rows = new ArrayList<>();
        for (String technique : techniques) {
            for (Engage row : of(technique)) {
                boolean known =
                        rows.stream()
                                .anyMatch(
                                        other ->
                                                other.activity().equals(row.activity())
                                                        && other.vulnerability()
                                                                .equals(row.vulnerability()));
                if (!known && rows.size() < MAX_ROWS) {
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    /// All rows for a technique, or for the one that it is a part of; none if Engage maps neither.
    public static List<Engage> of(String technique) {
        List<Engage> rows = ROWS.get(technique);
        int dot = technique.indexOf('.');
        if (rows == null && dot > 0) {
            rows = ROWS.get(technique.substring(0, dot));
        }
        return rows == null ? List.of() : rows;
    }

    /// The techniques that have a row of one of these activities, in order of their ids.
    public static List<String> techniques(Set<String> activities) {
        return ROWS.entrySet().stream()
                .filter(
                        rows ->
                                rows.getValue().stream()
                                        .anyMatch(row -> activities.contains(row.activity())))
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    private static Map<String, List<Engage>> read() {
        Map<String, List<Engage>> rows = new HashMap<>();
        String name = "engage.tsv";
        try (InputStream in =
                Objects.requireNonNull(Opportunities.class.getResourceAsStream(name), name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            text.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split("\t"))
                    .forEach(
                            row ->
                                    rows.computeIfAbsent(row[0], _ -> new ArrayList<>())
                                            .add(new Engage(row[1], row[2], row[3])));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        rows.replaceAll((_, list) -> List.copyOf(list));
        return rows;
    }
}
