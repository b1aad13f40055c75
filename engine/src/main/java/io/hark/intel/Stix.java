package io.hark.intel;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Bundles of STIX, of which indicators are read whose pattern compares for equality and joins such
/// comparisons by `OR`, as nearly all that are published do. Others are counted and left out, as a
/// part of one would match what nobody meant; revoked ones are left out, too.
///
/// *Source*: STIX 2.1 §4.7 (indicator), §9 (patterning).
final class Stix {

    private static final int MAX_PATTERN = 64 << 10; // characters: some list hundreds of values

    private static final Pattern COMPARISON =
            Pattern.compile(
                    "([a-z0-9-]++):([A-Za-z0-9_.'-]++)\\s*+=\\s*+'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'");
    private static final Pattern JOINED = Pattern.compile("(?:[\\[\\]()\\s]|\\bOR\\b)*+");

    private static final Map<String, String> TYPES =
            Map.ofEntries(
                    Map.entry("ipv4-addr:value", "ip"),
                    Map.entry("ipv6-addr:value", "ip"),
                    Map.entry("domain-name:value", "domain"),
                    Map.entry("url:value", "url"),
                    Map.entry("email-addr:value", "email"),
                    Map.entry("file:hashes.MD5", "md5"),
                    Map.entry("file:hashes.SHA-1", "sha1"),
                    Map.entry("file:hashes.SHA-256", "sha256"),
                    Map.entry("x509-certificate:hashes.MD5", "md5"),
                    Map.entry("x509-certificate:hashes.SHA-1", "sha1"),
                    Map.entry("x509-certificate:hashes.SHA-256", "sha256"));

    private final Intake intake;

    private Stix(Intake intake) {
        this.intake = intake;
    }

    private record Comparison(String type, String value) {}

    /// Reads a bundle, or one object.
    static void read(Reader in, Intake intake) throws IOException {
        new Stix(intake).read(in);
    }

    private void read(Reader in) {
        JsonMapper mapper = // takes one object after the other
                JsonMapper.builder()
                        .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
        try (JsonParser parser = mapper.createParser(in)) {
            parser.nextToken();
            for (JsonToken token = parser.nextToken();
                    token != null && token != JsonToken.END_OBJECT;
                    token = parser.nextToken()) {
                boolean isObjects = "objects".equals(parser.currentName());
                if (parser.nextToken() != JsonToken.START_ARRAY || !isObjects) {
                    parser.skipChildren();
                    continue;
                }
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    int line = parser.currentTokenLocation().getLineNr();
                    JsonNode object = mapper.readTree(parser);
                    if (text(object, "type").equals("indicator")) {
                        indicator(line, object);
                    }
                }
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            throw intake.error(line, "no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String text(JsonNode object, String member) {
        return object.path(member).asString("");
    }

    private void indicator(int line, JsonNode object) {
        String pattern = text(object, "pattern");
        String language = text(object, "pattern_type");
        if (object.path("revoked").asBoolean(false)) {
            intake.leaveOut("revoked");
        } else if (!language.isEmpty() && !language.equals("stix")) {
            intake.leaveOut("patterns of " + language);
        } else if (pattern.isEmpty()) {
            throw intake.error(line, "an indicator without a pattern");
        } else {
            pattern(line, pattern, text(object, "name"));
        }
    }

    private void pattern(int line, String pattern, String name) {
        List<Comparison> comparisons = new ArrayList<>();
        StringBuilder rest = new StringBuilder();
        if (pattern.length() <= MAX_PATTERN) {
            Matcher found = COMPARISON.matcher(pattern);
            while (found.find()) {
                found.appendReplacement(rest, " ");
                comparisons.add(
                        new Comparison(
                                found.group(1) + ':' + found.group(2).replace("'", ""),
                                found.group(3).replaceAll("\\\\(.)", "$1")));
            }
            found.appendTail(rest);
        }
        if (comparisons.isEmpty() || !JOINED.matcher(rest).matches()) {
            intake.leaveOut("patterns of more than equality and OR");
            return;
        }
        for (Comparison one : comparisons) {
            String type = TYPES.get(one.type());
            if (type == null) {
                intake.leaveOut(one.type());
            } else {
                intake.add(line, type, one.value(), name);
            }
        }
    }
}
