package io.hark.plan;

import io.hark.bytes.Visible;
import io.hark.plan.Cell.Witness;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// A plan as one JSON object.
///
/// *Shape*: `name`, `places` [{place, zone, peer, seen, part, blind}], `matrix` [{technique,
/// tactic, engage, cells [{place, level, by [{source, detector, level}], lack}]}], `beyond`
/// [technique], `assets` [{asset, zone, value, seen, part, blind [technique]}], `additions` [{what,
/// kind, cost, closes, raises}], `secrets` [{kind, what, decoders, at_hand}], and, if it was held
/// against a case, `observed` [{kind, subject, text}].
public final class PlanJson {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private PlanJson() {}

    /// One line.
    ///
    /// @param troubles what is not as planned; null if nothing was observed
    public static String of(Plan plan, @Nullable List<Trouble> troubles) {
        ObjectNode root = JSON.createObjectNode();
        root.put("name", plan.engagement().name());
        ArrayNode places = root.putArray("places");
        for (Place place : plan.places()) {
            ObjectNode to = places.addObject();
            to.put("place", place.toString()).put("zone", place.zone()).put("peer", place.peer());
            Map<Level, Integer> count = plan.count(place);
            count.forEach((level, n) -> to.put(level.word(), n));
        }
        ArrayNode matrix = root.putArray("matrix");
        plan.rows().forEach(row -> row(plan, row, matrix.addObject()));
        plan.beyond().forEach(root.putArray("beyond")::add);
        ArrayNode assets = root.putArray("assets");
        plan.assets().forEach(asset -> asset(asset, assets.addObject()));
        ArrayNode additions = root.putArray("additions");
        for (Addition one : plan.additions()) {
            addition(one, additions.addObject());
        }
        ArrayNode secrets = root.putArray("secrets");
        for (SecretWish wish : plan.secrets()) {
            ObjectNode to = secrets.addObject();
            to.put("kind", wish.kind().word()).put("what", wish.kind().inWords());
            wish.decoders().forEach(to.putArray("decoders")::add);
            wish.atHand().forEach(to.putArray("at_hand")::add);
        }
        if (troubles != null) {
            ArrayNode observed = root.putArray("observed");
            for (Trouble trouble : troubles) {
                observed.addObject()
                        .put("kind", trouble.kind().words())
                        .put("subject", trouble.subject())
                        .put("text", trouble.text());
            }
        }
        return Visible.json(root.toString());
    }

    private static void addition(Addition one, ObjectNode to) {
        to.put("what", one.what()).put("kind", one.kind().name().toLowerCase(Locale.ROOT));
        to.put("cost", one.kind().cost());
        to.put("closes", one.closes()).put("raises", one.raises());
        ObjectNode sensor = to.putObject("sensor").put("name", one.sensor().name());
        one.sensor().zones().forEach(sensor.putArray("zones")::add);
        ArrayNode sees = sensor.putArray("sees");
        one.sensor().sees().forEach(way -> sees.add(way.toString()));
        ArrayNode keys = sensor.putArray("keys");
        one.sensor().keys().forEach(kind -> keys.add(kind.word()));
    }

    private static void row(Plan plan, Plan.Row row, ObjectNode to) {
        to.put("technique", row.technique()).put("tactic", row.tactic().words());
        to.put("engage", row.engage());
        ArrayNode cells = to.putArray("cells");
        for (Place place : plan.places()) {
            Cell cell = row.cells().get(place);
            if (cell != null) {
                ObjectNode one = cells.addObject();
                one.put("place", place.toString()).put("level", cell.level().word());
                ArrayNode by = one.putArray("by");
                for (Witness witness : cell.witnesses()) {
                    by.addObject()
                            .put("source", witness.source())
                            .put("detector", witness.detector())
                            .put("level", witness.level().word());
                }
                if (!cell.lack().isEmpty()) {
                    one.put("lack", cell.lack());
                }
            }
        }
    }

    private static void asset(AssetOutlook asset, ObjectNode to) {
        to.put("asset", asset.asset().name()).put("zone", asset.zone());
        to.put("value", asset.asset().value().name().toLowerCase(Locale.ROOT));
        to.put("seen", asset.count(Level.SEEN)).put("part", asset.count(Level.PART));
        ArrayNode blind = to.putArray("blind");
        asset.techniques().getOrDefault(Level.BLIND, List.of()).forEach(blind::add);
    }
}
