package io.hark;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The arrows of the design: which package may see which. Reads compiled classes, so an import that
/// is not used is no arrow; javac inlines constants, so a shared constant is none either.
class ArrowsTest {
    private static final Set<String> GROUND =
            Set.of("", "bytes", "schema", "event", "carry", "format", "engagement", "intel");

    /// Who may see whom, below `io.hark`; the empty name is `io.hark` itself. An arrow within one
    /// package is always allowed, a subpackage belongs to the package above it, and `*` sees
    /// everybody.
    private static final Map<String, Set<String>> ARROWS =
            Map.ofEntries(
                    Map.entry("internal", Set.of()),
                    Map.entry("bytes", Set.of("internal")),
                    Map.entry("schema", Set.of("bytes", "internal")),
                    Map.entry("event", Set.of("schema", "bytes")),
                    Map.entry("carry", Set.of("event", "schema", "bytes")),
                    Map.entry("format", Set.of("bytes", "schema", "event")),
                    Map.entry("config", Set.of("", "schema", "bytes", "event")),
                    Map.entry("engagement", Set.of("", "config", "schema", "bytes", "event")),
                    Map.entry("intel", Set.of("", "schema", "bytes", "event")),
                    Map.entry("", Set.of("bytes", "schema", "event", "carry", "format")),
                    Map.entry("parse", GROUND),
                    Map.entry("log", GROUND),
                    Map.entry("inspect", GROUND),
                    Map.entry("decode", GROUND),
                    Map.entry("detect", GROUND),
                    Map.entry("export", GROUND),
                    Map.entry("incident", Set.of("", "engagement", "event", "schema", "bytes")),
                    Map.entry("store", Set.of("", "event", "schema", "bytes", "internal")),
                    Map.entry("wire", and(GROUND, "internal")),
                    Map.entry("packets", Set.of("wire")),
                    Map.entry("lines", and(GROUND, "wire")),
                    Map.entry("live", Set.of("", "bytes", "format", "wire", "internal")),
                    Map.entry("sensor", Set.of("*")),
                    Map.entry("report", and(GROUND, "sensor", "incident", "lines", "plan")),
                    Map.entry("plan", and(GROUND, "sensor", "incident")),
                    Map.entry("notify", and(GROUND, "config", "sensor")),
                    Map.entry("custody", and(GROUND, "sensor", "wire")),
                    Map.entry("collect", Set.of("*")));

    /// Packages of extensions: each class, or each subpackage, is one; they meet in events, never
    /// each other.
    private static final Set<String> EXTENSIONS =
            Set.of("parse", "log", "inspect", "decode", "detect", "export");

    private static final String NATIVE = "io/hark/internal/Native";

    /// What the JVM lets only code with native access call; null means every member.
    private static final Map<String, List<String>> RESTRICTED = new HashMap<>();

    static {
        RESTRICTED.put("java/lang/System", List.of("load", "loadLibrary"));
        RESTRICTED.put("java/lang/Runtime", List.of("load", "loadLibrary"));
        RESTRICTED.put("java/lang/foreign/MemorySegment", List.of("reinterpret"));
        RESTRICTED.put("java/lang/foreign/AddressLayout", List.of("withTargetLayout"));
        RESTRICTED.put("java/lang/foreign/Linker", null);
        RESTRICTED.put("java/lang/foreign/SymbolLookup", null);
        RESTRICTED.put("sun/misc/Unsafe", null);
    }

    private static final Set<String> EMPTY_NAMES =
            Set.of("util", "utils", "common", "helper", "helpers", "manager", "impl");

    private static final Pattern DESCRIBED = Pattern.compile("L(io/hark/[\\w/$]+)");
    private static final Pattern NULL_MARKED = Pattern.compile("^@NullMarked$", Pattern.MULTILINE);
    private static final Pattern JAVADOC = Pattern.compile("\\A(///|/\\*\\*)");

    private static final int LONG_LINES = 400;
    private static final int MOST_LINES = 600;
    private static final String EXCUSE = "This file is long because";

    private final List<String> faults = new ArrayList<>();

    @Test
    void packages_see_only_what_the_table_allows() {
        for (var model : classes()) {
            var from = model.thisClass().asInternalName();
            var area = area(from);
            if (!ARROWS.containsKey(area)) {
                faults.add(
                        "%s: %s is not in ArrowsTest.ARROWS; decide what it may see and add it"
                                .formatted(readable(from), packageName(area)));
                continue;
            }
            var allowed = ARROWS.get(area);
            for (var to : references(model)) {
                var target = area(to);
                if (!target.equals(area) && !allowed.contains("*") && !allowed.contains(target)) {
                    faults.add(
                            "%s may not see %s: %s sees only %s. Move what both need to the ground, or hand it over in an event"
                                    .formatted(
                                            readable(from),
                                            readable(to),
                                            packageName(area),
                                            allowed.stream()
                                                    .map(ArrowsTest::packageName)
                                                    .sorted()
                                                    .toList()));
                }
            }
        }
        assertNoFaults();
    }

    @Test
    void extensions_never_see_each_other() {
        for (var model : classes()) {
            var from = model.thisClass().asInternalName();
            if (!EXTENSIONS.contains(area(from))) {
                continue;
            }
            for (var to : references(model)) {
                if (area(to).equals(area(from)) && !extension(to).equals(extension(from))) {
                    faults.add(
                            "%s may not see its sibling %s: move what both need to io.hark.format (bytes to record) or to an event, or make them one subpackage"
                                    .formatted(readable(from), readable(to)));
                }
            }
        }
        assertNoFaults();
    }

    @Test
    void only_the_native_class_calls_restricted_methods() {
        for (var model : classes()) {
            var from = model.thisClass().asInternalName();
            if (from.equals(NATIVE) || from.startsWith(NATIVE + "$")) {
                continue;
            }
            for (var entry : model.constantPool()) {
                if (entry instanceof MemberRefEntry member && isRestricted(member)) {
                    faults.add(
                            "%s calls %s.%s: put the call into io.hark.internal.Native and use that"
                                    .formatted(
                                            readable(from),
                                            readable(member.owner().asInternalName()),
                                            member.name().stringValue()));
                }
            }
        }
        assertNoFaults();
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        var folders =
                sources("src/main/java").map(Path::getParent).collect(toCollection(TreeSet::new));
        for (var folder : folders) {
            var info = folder.resolve("package-info.java");
            if (!Files.exists(info)) {
                faults.add(
                        shown(folder)
                                + " has no package-info.java: say what lives here and what it may see");
                continue;
            }
            var text = read(info);
            if (!NULL_MARKED.matcher(text).find()) {
                faults.add(shown(info) + " lacks @NullMarked: add it above `package`");
            }
            if (!JAVADOC.matcher(text).find()) {
                faults.add(
                        shown(info)
                                + " says nothing: begin with /// what lives here, what it may see, where to start");
            }
        }
        assertNoFaults();
    }

    @Test
    void packages_have_names_that_mean_something() {
        var folders = sources("src").map(Path::getParent).collect(toCollection(TreeSet::new));
        for (var folder : folders) {
            if (EMPTY_NAMES.contains(folder.getFileName().toString())) {
                faults.add(
                        shown(folder)
                                + ": a function lives with the type it is about; move each there and drop the package");
            }
        }
        assertNoFaults();
    }

    @Test
    void files_stay_short() {
        var all = Stream.concat(sources("src"), javaFiles(root().resolve("build-tools")));
        all.forEach(
                file -> {
                    var text = read(file);
                    var lines = text.lines().count();
                    if (lines > MOST_LINES) {
                        faults.add(
                                "%s has %d lines, %d is the most: split it by idea"
                                        .formatted(shown(file), lines, MOST_LINES));
                    } else if (lines > LONG_LINES && !text.contains(EXCUSE)) {
                        faults.add(
                                "%s has %d lines: split it, or write \"%s …\" into its class comment"
                                        .formatted(shown(file), lines, EXCUSE));
                    }
                });
        assertNoFaults();
    }

    private void assertNoFaults() {
        assertThat(faults).isEmpty();
    }

    private static Set<String> and(Set<String> some, String... more) {
        return Stream.concat(some.stream(), Stream.of(more)).collect(toCollection(TreeSet::new));
    }

    /// `parse` of `io/hark/parse/tls/Hello`, and nothing of `io/hark/Parser`.
    private static String area(String type) {
        var rest = type.substring("io/hark/".length());
        var slash = rest.indexOf('/');
        return slash < 0 ? "" : rest.substring(0, slash);
    }

    private static String packageName(String area) {
        return area.isEmpty() ? "io.hark" : "io.hark." + area;
    }

    /// `parse/tls` of `io/hark/parse/tls/Hello`, and `parse/Syslog` of `io/hark/parse/Syslog$Line`.
    private static String extension(String type) {
        var rest = type.substring("io/hark/".length());
        var slash = rest.indexOf('/', rest.indexOf('/') + 1);
        var name = slash < 0 ? rest : rest.substring(0, slash);
        var dollar = name.indexOf('$');
        return dollar < 0 ? name : name.substring(0, dollar);
    }

    private static String readable(String type) {
        return type.replace('/', '.');
    }

    /// Types of ours in instructions, descriptors, signatures, annotations and `permits`.
    private static Set<String> references(ClassModel model) {
        var found = new TreeSet<String>();
        for (PoolEntry entry : model.constantPool()) {
            switch (entry) {
                case ClassEntry type -> {
                    var name = type.asInternalName();
                    if (name.startsWith("io/hark/")) {
                        found.add(name);
                    } else {
                        addDescribed(name, found); // an array
                    }
                }
                case Utf8Entry text -> addDescribed(text.stringValue(), found);
                default -> {}
            }
        }
        return found;
    }

    private static void addDescribed(String text, Set<String> found) {
        var types = DESCRIBED.matcher(text);
        while (types.find()) {
            found.add(types.group(1));
        }
    }

    private static boolean isRestricted(MemberRefEntry member) {
        var owner = member.owner().asInternalName();
        if (!RESTRICTED.containsKey(owner)) {
            return false;
        }
        var names = RESTRICTED.get(owner);
        return names == null || names.contains(member.name().stringValue());
    }

    private static List<ClassModel> classes() {
        var folder = root().resolve("engine/target/classes");
        try (var files = Files.walk(folder)) {
            var names = files.filter(file -> file.toString().endsWith(".class")).sorted().toList();
            var models = new ArrayList<ClassModel>();
            for (var name : names) {
                models.add(ClassFile.of().parse(name));
            }
            return models;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Java sources of all modules under that folder of theirs.
    private static Stream<Path> sources(String under) {
        try (var modules = Files.list(root())) {
            var files =
                    modules.map(module -> module.resolve(under))
                            .flatMap(ArrowsTest::javaFiles)
                            .toList();
            return files.stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Stream.of();
        }
        try (var files = Files.walk(folder)) {
            return files
                    .filter(file -> file.toString().endsWith(".java"))
                    .sorted()
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The root of the clone: where the launcher and Maven's wrapper stand.
    private static Path root() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.exists(folder.resolve("mvnw"))) {
            folder = folder.getParent();
        }
        return folder;
    }

    private static String shown(Path path) {
        return root().relativize(path).toString();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
