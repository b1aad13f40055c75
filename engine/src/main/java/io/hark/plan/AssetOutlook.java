package io.hark.plan;

import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Asset;
import io.hark.engagement.Engagement.LogSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What would be seen of what is done to or from an asset.
///
/// A technique is seen if it is at every place where the asset's zone has traffic, blind if it is
/// at none of them and no log of the asset tells of it; else it is seen in part.
///
/// @param asset which
/// @param zone the zone its addresses are in; [Engagement#OUTSIDE] if they are in none
/// @param techniques ids by level; none of a level that none has
public record AssetOutlook(Asset asset, String zone, Map<Level, List<String>> techniques) {

    /// Keeps its own copy.
    public AssetOutlook {
        techniques = Map.copyOf(techniques);
    }

    static AssetOutlook of(
            Asset asset, Engagement engagement, List<Plan.Row> rows, List<Claim> claims) {
        String zone = zone(asset, engagement);
        Set<String> logged = logged(asset, engagement, claims);
        Map<Level, List<String>> techniques = new EnumMap<>(Level.class);
        for (Plan.Row row : rows) {
            Set<Level> levels = new HashSet<>();
            row.cells()
                    .forEach(
                            (place, cell) -> {
                                if (place.touches(zone)) {
                                    levels.add(cell.level());
                                }
                            });
            if (!levels.isEmpty()) {
                Level level = levels.size() == 1 ? levels.iterator().next() : Level.PART;
                boolean told = level == Level.BLIND && logged.contains(row.technique());
                techniques
                        .computeIfAbsent(told ? Level.PART : level, _ -> new ArrayList<>())
                        .add(row.technique());
            }
        }
        return new AssetOutlook(asset, zone, techniques);
    }

    private static Set<String> logged(Asset asset, Engagement engagement, List<Claim> claims) {
        Set<String> logged = new HashSet<>();
        for (LogSource log : engagement.logs()) {
            if (log.covers().contains(asset.name())) {
                claims.stream()
                        .filter(claim -> Yield.level(claim, log) != Level.BLIND)
                        .forEach(claim -> logged.addAll(claim.techniques()));
            }
        }
        return logged;
    }

    /// The zone of an asset's first network.
    static String zone(Asset asset, Engagement engagement) {
        return Place.zone(engagement, asset.addresses().prefixes().getFirst().network());
    }

    /// How many techniques have that level.
    public int count(Level level) {
        return techniques.getOrDefault(level, List.of()).size();
    }
}
