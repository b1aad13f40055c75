package io.hark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/// One entry of a list in YAML, with the lines its members stand in, which a tree of nodes forgets.
///
/// @param file where it stands, for errors
/// @param members by their keys, in order
record YamlEntry(Path file, Map<String, At> members) {

    /// A member's value: text, or a map of texts one deeper.
    ///
    /// @param line from 1
    /// @param text empty for a map
    /// @param nested empty for text
    record At(int line, String text, Map<String, String> nested) {}

    /// All entries of a list.
    ///
    /// @throws UserError if it is no YAML or has another shape
    static List<YamlEntry> list(Path file, String text) {
        List<YamlEntry> entries = new ArrayList<>();
        try (JsonParser parser = YAMLMapper.builder().build().createParser(text)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw error(file, 1, "must be a list of entries, each '- name: …' and 'kind: …'");
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                entries.add(new YamlEntry(file, members(file, parser)));
            }
            if (parser.currentToken() != JsonToken.END_ARRAY) {
                throw error(file, line(parser), "an entry must have 'name: …' and 'kind: …'");
            }
        } catch (JacksonException e) {
            // What YAML's reader says would repeat the line, and a secret with it.
            throw error(file, e.getLocation().getLineNr(), "this is no YAML");
        }
        return entries;
    }

    private static Map<String, At> members(Path file, JsonParser parser) {
        Map<String, At> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            int line = line(parser);
            JsonToken value = parser.nextToken();
            Map<String, String> nested = new LinkedHashMap<>();
            String text = "";
            if (value == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    String key = parser.currentName();
                    nested.put(key, scalar(file, parser, parser.nextToken()));
                }
            } else {
                text = scalar(file, parser, value);
            }
            if (members.put(name, new At(line, text, nested)) != null) {
                throw error(file, line, "'" + name + "' is there twice");
            }
        }
        return members;
    }

    private static String scalar(Path file, JsonParser parser, JsonToken token) {
        if (!token.isScalarValue()) {
            throw error(file, line(parser), "a text must stand here");
        }
        return parser.getString();
    }

    private static int line(JsonParser parser) {
        return parser.currentTokenLocation().getLineNr();
    }

    /// The text of a member; null where it is missing or a map.
    @Nullable String text(String member) {
        At at = members.get(member);
        return at == null || !at.nested.isEmpty() ? null : at.text;
    }

    /// The text of a member that must be there.
    String required(String member) {
        String text = text(member);
        if (text == null || text.isEmpty()) {
            int line = members.isEmpty() ? 1 : members.values().iterator().next().line;
            throw error(file, line, "this entry has no " + member);
        }
        return text;
    }

    /// The line of a member that is there.
    int line(String member) {
        At at = members.get(member);
        return at == null ? 1 : at.line;
    }

    private static UserError error(Path file, int line, String what) {
        return new UserError(file + ":" + line + ": " + what);
    }
}
