package io.hark.config;

import io.hark.UserError;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/// A mapping of a YAML file with the lines it stands on, so that every complaint says where.
///
/// Only keys that are known may stand in it; whoever mistypes one is told the nearest.
///
/// *Errors*: whatever is wrong is a [UserError] with file and line. *Thread*: immutable, any.
public final class YamlPart {

    private static final int MAX_BYTES = 4 << 20; // thousands of assets

    private final Path file;
    private final int line;
    private final Map<String, Node> members = new LinkedHashMap<>();

    private YamlPart(Path file, MappingNode node, Set<String> known) {
        this.file = file;
        this.line = line(node);
        for (NodeTuple member : node.getValue()) {
            if (!(member.getKeyNode() instanceof ScalarNode key)) {
                throw error(line(member.getKeyNode()), "a key has to be a word");
            }
            String name = key.getValue();
            if (!known.contains(name)) {
                throw error(
                        line(key),
                        "'%s' is no key here; the nearest is '%s', all are %s"
                                .formatted(
                                        name,
                                        nearest(name, known),
                                        String.join(", ", new TreeSet<>(known))));
            }
            if (members.put(name, member.getValueNode()) != null) {
                throw error(line(key), "'" + name + "' stands there twice");
            }
        }
    }

    /// The mapping that a file is.
    ///
    /// @throws UserError if it cannot be read, is no YAML, or no mapping of known keys
    public static YamlPart of(Path file, Set<String> known) {
        try {
            String text = text(file);
            Optional<Node> root =
                    new Compose(LoadSettings.builder().setLabel(file.toString()).build())
                            .composeString(text);
            if (root.isEmpty()) {
                throw new UserError(file + " is empty");
            }
            return part(file, root.get(), known);
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new UserError(file + " line " + line + ": no YAML: " + e.getProblem(), e);
        } catch (YamlEngineException e) { // characters that no text has
            throw new UserError(file + " is no YAML: " + e.getMessage(), e);
        } catch (CharacterCodingException e) {
            throw new UserError(file + " is no text in UTF-8", e);
        } catch (IOException e) {
            throw UserError.unreadable(file, e);
        }
    }

    /// Pipes and devices tell no size and may never end.
    private static String text(Path file) throws IOException {
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(MAX_BYTES + 1);
        }
        if (octets.length > MAX_BYTES) {
            throw new UserError(file + " is larger than 4 MB: no file written by hand is");
        }
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
    }

    private static YamlPart part(Path file, Node node, Set<String> known) {
        if (node instanceof MappingNode mapping) {
            return new YamlPart(file, mapping, known);
        }
        throw new UserError(
                file
                        + " line "
                        + line(node)
                        + ": here stand keys and values, one of "
                        + String.join(", ", new TreeSet<>(known)));
    }

    private static int line(Node node) {
        return node.getStartMark().map(Mark::getLine).orElse(0) + 1;
    }

    private UserError error(int at, String what) {
        return new UserError(file + " line " + at + ": " + what);
    }

    /// Says what is wrong with a member, or with the whole where it is not there.
    public UserError error(String key, String what) {
        Node node = members.get(key);
        return error(node == null ? line : line(node), what);
    }

    private static String nearest(String name, Set<String> known) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String one : new TreeSet<>(known)) {
            int far = distance(name, one);
            if (far < least) {
                least = far;
                best = one;
            }
        }
        return best;
    }

    /// How many letters have to be put in, left out or changed.
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int before = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int changed = before + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                before = row[j];
                row[j] = Math.min(changed, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }

    /// A text that has to be there.
    public String text(String key) {
        String text = text(key, null);
        if (text == null) {
            throw error(line, "'" + key + "' is missing");
        }
        return text;
    }

    /// A text, or what stands for it where it is missing.
    public @Nullable String text(String key, @Nullable String otherwise) {
        Node node = members.get(key);
        return node == null ? otherwise : scalar(node, key);
    }

    private String scalar(Node node, String key) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw error(line(node), "'" + key + "' is one word or text");
    }

    /// Texts: a list, or one; none where it is missing.
    public List<String> texts(String key) {
        List<String> texts = new ArrayList<>();
        for (Node node : nodes(key)) {
            texts.add(scalar(node, key));
        }
        return texts;
    }

    /// Ports.
    public List<Integer> ports(String key) {
        List<Integer> ports = new ArrayList<>();
        for (Node node : nodes(key)) {
            String text = scalar(node, key);
            if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
                throw error(line(node), "'" + text + "' is no port: 0 to 65535");
            }
            ports.add(Integer.parseInt(text));
        }
        return ports;
    }

    /// Texts, each read; what the reader complains of is told with its line.
    ///
    /// @param read throws a [UserError] where a text is none of its
    public <T> List<T> each(String key, Function<String, T> read) {
        List<T> all = new ArrayList<>();
        for (Node node : nodes(key)) {
            all.add(read(node, key, read));
        }
        return all;
    }

    /// A text, read, or what stands for it where it is missing.
    ///
    /// @param read throws a [UserError] where the text is none of its
    public <T> T one(String key, Function<String, T> read, T otherwise) {
        Node node = members.get(key);
        return node == null ? otherwise : read(node, key, read);
    }

    private <T> T read(Node node, String key, Function<String, T> read) {
        try {
            return read.apply(scalar(node, key));
        } catch (UserError e) {
            throw error(line(node), String.valueOf(e.getMessage()));
        }
    }

    /// A span of time: `90s`, `5m`, `1h30m`.
    public Duration duration(String key, Duration otherwise) {
        return one(key, text -> Amounts.duration("'" + key + "'", text), otherwise);
    }

    /// Bytes: `64KB`, `1GB`.
    public long bytes(String key, long otherwise) {
        return one(key, text -> Amounts.bytes("'" + key + "'", text), otherwise);
    }

    /// A whole number from 1.
    public int count(String key, int otherwise) {
        return one(key, text -> count(key, text), otherwise);
    }

    private static int count(String key, String text) {
        if (!text.matches("[1-9][0-9]{0,8}")) {
            throw new UserError("'" + key + "' is a whole number from 1, not " + text);
        }
        return Integer.parseInt(text);
    }

    /// A file; a name without a root is looked for beside the file that names it.
    public @Nullable Path path(String key) {
        String text = text(key, null);
        return text == null ? null : file.resolveSibling(text);
    }

    /// Files, a list or one, each looked for as [#path] does.
    public List<Path> paths(String key) {
        return texts(key).stream().map(file::resolveSibling).toList();
    }

    /// Whether a member is there.
    public boolean has(String key) {
        return members.containsKey(key);
    }

    /// One of an enum's constants, in lower case.
    public <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
        String text = text(key, null);
        if (text == null) {
            return otherwise;
        }
        List<String> words = new ArrayList<>();
        for (E one : type.getEnumConstants()) {
            String word = one.name().toLowerCase(Locale.ROOT);
            if (word.equals(text)) {
                return one;
            }
            words.add(word);
        }
        throw error(key, "'" + key + "' is one of " + String.join(", ", words));
    }

    /// A list of mappings, each read.
    public <T> List<T> parts(String key, Set<String> known, Function<YamlPart, T> read) {
        List<T> parts = new ArrayList<>();
        for (Node node : nodes(key)) {
            parts.add(read.apply(part(file, node, known)));
        }
        return parts;
    }

    /// A mapping, read; nothing where it is missing.
    public <T> Optional<T> part(String key, Set<String> known, Function<YamlPart, T> read) {
        Node node = members.get(key);
        return node == null ? Optional.empty() : Optional.of(read.apply(part(file, node, known)));
    }

    private List<Node> nodes(String key) {
        Node node = members.get(key);
        if (node == null) {
            return List.of();
        }
        return node instanceof SequenceNode list ? list.getValue() : List.of(node);
    }
}
