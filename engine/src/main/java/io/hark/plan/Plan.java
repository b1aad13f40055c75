package io.hark.plan;

import io.hark.Decoder;
import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Asset;
import io.hark.event.Opportunities;
import io.hark.incident.Tactic;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// What would be seen of which technique where, what would not, and what would help most.
///
/// *Source of the method*: MITRE Engage EAC0002: "careful pre-operational planning … to ensure that
/// all key network traffic is collected".
///
/// @param engagement the environment it is about
/// @param places the columns
/// @param rows a row a technique, by tactic and id
/// @param beyond techniques that Engage maps to network monitoring and analysis and that no
///   detector of this build tells
/// @param assets the declared assets, those of most value first
/// @param additions what would help, each step the most for its cost
/// @param secrets what to collect before it begins
public record Plan(
        Engagement engagement,
        List<Place> places,
        List<Row> rows,
        List<String> beyond,
        List<AssetOutlook> assets,
        List<Addition> additions,
        List<SecretWish> secrets) {

    /// The activities of Engage that this program is for.
    private static final Set<String> ACTIVITIES = Set.of("EAC0002", "EAC0004");

    /// One technique.
    ///
    /// @param technique its id
    /// @param tactic what it serves
    /// @param engage whether Engage maps it to network monitoring or analysis
    /// @param cells where it is asked for
    public record Row(String technique, Tactic tactic, boolean engage, Map<Place, Cell> cells) {

        /// Keeps its own copy.
        public Row {
            cells = Map.copyOf(cells);
        }
    }

    /// Keeps its own copies.
    public Plan {
        places = List.copyOf(places);
        rows = List.copyOf(rows);
        beyond = List.copyOf(beyond);
        assets = List.copyOf(assets);
        additions = List.copyOf(additions);
        secrets = List.copyOf(secrets);
    }

    /// Plans.
    ///
    /// @param claims what detectors tell
    /// @param decoders what decoders read, for the secrets that they want
    public static Plan of(
            Engagement engagement, List<Claim> claims, List<? extends Decoder<?>> decoders) {
        Yield yield = new Yield(claims);
        List<Place> places = Place.of(engagement);
        Outlook outlook = new Outlook(engagement, yield);
        Set<String> mapped = new TreeSet<>(Opportunities.techniques(ACTIVITIES));
        Map<String, Map<Place, Cell>> cells = new TreeMap<>();
        for (Place place : places) {
            for (String technique : yield.techniques(place.shape())) {
                cells.computeIfAbsent(technique, _ -> new HashMap<>())
                        .put(place, outlook.cell(technique, place));
            }
        }
        List<Row> rows = new ArrayList<>();
        cells.forEach((id, row) -> rows.add(new Row(id, Tactic.of(id), mapped.contains(id), row)));
        rows.sort(Comparator.comparing(Row::tactic).thenComparing(Row::technique));
        mapped.removeAll(cells.keySet());
        return new Plan(
                engagement,
                places,
                rows,
                List.copyOf(mapped),
                engagement.assets().stream()
                        .sorted(Comparator.comparing(Asset::value).reversed())
                        .map(asset -> AssetOutlook.of(asset, engagement, rows, claims))
                        .toList(),
                new Additions(engagement, yield, places).steps(),
                SecretWish.of(engagement, decoders));
    }

    /// How many cells have each level.
    public Map<Level, Integer> count() {
        Map<Level, Integer> count = new EnumMap<>(Level.class);
        places.forEach(
                place -> count(place).forEach((level, n) -> count.merge(level, n, Integer::sum)));
        return count;
    }

    /// How many techniques have each level at a place.
    public Map<Level, Integer> count(Place place) {
        Map<Level, Integer> count = new EnumMap<>(Level.class);
        for (Level level : Level.values()) {
            count.put(level, techniques(place, level).size());
        }
        return count;
    }

    /// The techniques of that level at a place.
    public List<String> techniques(Place place, Level level) {
        List<String> ids = new ArrayList<>();
        for (Row row : rows) {
            Cell cell = row.cells().get(place);
            if (cell != null && cell.level() == level) {
                ids.add(row.technique());
            }
        }
        return ids;
    }

    /// The names of the sensors that see something of a place.
    public List<String> sensors(Place place) {
        return engagement.sensors().stream()
                .filter(sensor -> Coverage.of(sensor, place) != Coverage.NONE)
                .map(
                        sensor ->
                                Coverage.of(sensor, place) == Coverage.BOTH
                                        ? sensor.name()
                                        : sensor.name() + " (one way)")
                .toList();
    }
}
