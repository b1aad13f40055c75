package io.hark.engagement;

import io.hark.Secret;
import io.hark.UserError;
import io.hark.config.YamlPart;
import io.hark.engagement.Engagement.Allowed;
import io.hark.engagement.Engagement.Asset;
import io.hark.engagement.Engagement.Canary;
import io.hark.engagement.Engagement.Decoy;
import io.hark.engagement.Engagement.LogSource;
import io.hark.engagement.Engagement.Purpose;
import io.hark.engagement.Engagement.Sensor;
import io.hark.engagement.Engagement.Value;
import io.hark.engagement.Engagement.Way;
import io.hark.engagement.Engagement.Zone;
import io.hark.schema.Prefix;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads `engagement.yaml`.
///
/// *Errors*: a key that is not known, a value of the wrong form, a zone that nobody declared: a
/// [UserError] with file and line.
public final class EngagementFile {

    private static final String ANY = "any";
    private static final String BOTH_WAYS = " - ";
    private static final String ONE_WAY = " > ";

    private final Map<String, Networks> zones = new HashMap<>();

    private EngagementFile() {}

    /// Reads a file.
    ///
    /// @throws UserError if it cannot be read or something in it is wrong
    public static Engagement read(Path file) {
        return new EngagementFile().engagement(file);
    }

    private Engagement engagement(Path file) {
        YamlPart all =
                YamlPart.of(
                        file,
                        Set.of(
                                "name",
                                "networks",
                                "zones",
                                "assets",
                                "decoys",
                                "canaries",
                                "allowed",
                                "sensors",
                                "logs",
                                "goals"));
        List<Zone> declared = all.parts("zones", Set.of("name", "purpose", "networks"), this::zone);
        Networks networks = Networks.of(all, "networks");
        if (networks.prefixes().isEmpty()) {
            networks = together(declared);
        }
        String name = all.text("name", "");
        List<Asset> assets =
                all.parts("assets", Set.of("name", "addresses", "roles", "value"), this::asset);
        Set<String> known = assets.stream().map(Asset::name).collect(Collectors.toSet());
        return new Engagement(
                name == null ? "" : name,
                networks,
                declared,
                assets,
                all.parts("decoys", Set.of("name", "addresses", "ports", "except"), this::decoy),
                all.parts("canaries", Set.of("name", "text"), EngagementFile::canary),
                all.parts(
                        "allowed",
                        Set.of("from", "to", "ports", "services", "because"),
                        this::allowed),
                all.parts("sensors", Set.of("name", "zones", "sees", "keys"), this::sensor),
                all.parts("logs", Set.of("name", "kind", "covers"), part -> log(part, known)),
                all.texts("goals"));
    }

    /// Zones that say which networks they are say which ones are ours; without any it is the
    /// private ranges.
    private static Networks together(List<Zone> zones) {
        List<Prefix> prefixes = new ArrayList<>();
        zones.forEach(zone -> prefixes.addAll(zone.networks().prefixes()));
        return new Networks(prefixes);
    }

    private Zone zone(YamlPart part) {
        String name = part.text("name");
        Zone zone =
                new Zone(
                        name,
                        part.choice("purpose", Purpose.class, Purpose.PRODUCTION),
                        some(part, "networks"));
        if (name.equals(ANY) || name.equals(Engagement.OUTSIDE)) {
            throw part.error(
                    "name", "'" + name + "' has a meaning of its own; call the zone otherwise");
        }
        if (zones.put(name, zone.networks()) != null) {
            throw part.error("name", "there is a zone '" + name + "' already");
        }
        return zone;
    }

    private Asset asset(YamlPart part) {
        return new Asset(
                part.text("name"),
                some(part, "addresses"),
                part.texts("roles"),
                part.choice("value", Value.class, Value.MEDIUM));
    }

    private Decoy decoy(YamlPart part) {
        return new Decoy(
                part.text("name"),
                some(part, "addresses"),
                part.ports("ports"),
                Networks.of(part, "except"));
    }

    /// Networks of which there has to be one: an empty list would mean all that are private.
    private static Networks some(YamlPart part, String key) {
        Networks networks = Networks.of(part, key);
        if (networks.prefixes().isEmpty()) {
            throw part.error(key, "'" + key + "' needs at least one network or address");
        }
        return networks;
    }

    private static Canary canary(YamlPart part) {
        String text = part.text("text");
        if (text.length() < 6) {
            throw part.error("text", "a canary of less than 6 letters shows up by chance");
        }
        return new Canary(part.text("name"), text);
    }

    private Allowed allowed(YamlPart part) {
        Networks from = ends(part, "from");
        Networks to = ends(part, "to");
        List<Integer> ports = part.ports("ports");
        List<String> services = part.texts("services");
        if (from == null && to == null && ports.isEmpty() && services.isEmpty()) {
            throw part.error("because", "this allows everything; name from, to, ports or services");
        }
        return new Allowed(from, to, ports, services, part.text("because"));
    }

    /// Zones by name, or networks; null for anybody.
    private @Nullable Networks ends(YamlPart part, String key) {
        List<Prefix> prefixes = new ArrayList<>();
        for (String text : part.texts(key)) {
            if (text.equals(ANY)) {
                return null;
            }
            Networks zone = zones.get(text);
            if (zone == null && !text.matches(".*[.:].*")) {
                throw part.error(
                        key,
                        "there is no zone '"
                                + text
                                + "'; declared are "
                                + String.join(", ", zones.keySet().stream().sorted().toList()));
            }
            prefixes.addAll((zone == null ? network(part, key, text) : zone).prefixes());
        }
        return prefixes.isEmpty() ? null : new Networks(prefixes);
    }

    private static Networks network(YamlPart part, String key, String text) {
        try {
            return Networks.of(List.of(text));
        } catch (UserError e) {
            throw part.error(key, String.valueOf(e.getMessage()));
        }
    }

    private Sensor sensor(YamlPart part) {
        List<String> borders = part.texts("zones");
        borders.forEach(zone -> declared(part, "zones", zone));
        List<Way> sees = part.texts("sees").stream().map(text -> way(part, text)).toList();
        return new Sensor(
                part.text("name"),
                borders,
                sees,
                part.texts("keys").stream().map(word -> key(part, word)).toList());
    }

    private void declared(YamlPart part, String key, String zone) {
        if (!zones.containsKey(zone)) {
            throw part.error(
                    key,
                    "there is no zone '"
                            + zone
                            + "'; declared are "
                            + String.join(", ", zones.keySet().stream().sorted().toList()));
        }
    }

    /// `a - b`, `a > b`; either may be outside, not both.
    private Way way(YamlPart part, String text) {
        boolean both = text.contains(BOTH_WAYS);
        String[] ends = text.split(both ? BOTH_WAYS : ONE_WAY, -1);
        if (ends.length != 2) {
            throw part.error(
                    "sees",
                    "'"
                            + text
                            + "' is no traffic; write 'bait - office' for both ways, 'bait > outside'"
                            + " for one, 'bait - bait' for what stays within");
        }
        for (String end : ends) {
            if (!end.equals(Engagement.OUTSIDE)) {
                declared(part, "sees", end);
            }
        }
        if (ends[0].equals(Engagement.OUTSIDE) && ends[1].equals(Engagement.OUTSIDE)) {
            throw part.error(
                    "sees", "'" + text + "' is nobody's traffic: one end has to be a zone");
        }
        return new Way(ends[0], ends[1], both || ends[0].equals(ends[1]));
    }

    private static Secret.Kind key(YamlPart part, String word) {
        Secret.Kind kind = Secret.Kind.of(word);
        if (kind == null) {
            throw part.error(
                    "keys",
                    "'"
                            + word
                            + "' is no kind of secret; they are "
                            + Arrays.stream(Secret.Kind.values())
                                    .map(Secret.Kind::word)
                                    .collect(Collectors.joining(", ")));
        }
        return kind;
    }

    private LogSource log(YamlPart part, Set<String> assets) {
        List<String> covers = part.texts("covers");
        for (String one : covers) {
            if (!assets.contains(one) && !zones.containsKey(one)) {
                throw part.error("covers", "there is no zone and no asset '" + one + "'");
            }
        }
        return new LogSource(part.text("name"), part.text("kind"), covers);
    }
}
