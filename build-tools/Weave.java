import java.io.File;
import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.reflect.AccessFlag;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// Finishes the classes of one module after javac, so that nobody keeps a list by hand and nothing
/// reflects at run time:
///
/// - `META-INF/services/<shape>` names every public class with a public no-argument constructor
///   that wears a shape;
/// - `META-INF/hark/events` names every record that is an event;
/// - `META-INF/hark/techniques` has a line for every detector: its class, and the ATT&CK techniques
///   that its findings can name ([Techniques]);
/// - every record that implements `io.hark.schema.Stored` gets a `<Record>$$Access` beside it,
///   which hands the components to a `ValueSink` column by column and makes the record from a
///   `ValueSource`.
///
/// Runs from source: `java Weave.java [--no-services] CLASSES_DIR CLASSPATH`. Files that would not
/// change are not touched.
public final class Weave {
    /// Shape to service file. The three kinds of parser are found as one; what a kind of event is
    /// in a dialect is found for the dialect.
    private static final Map<String, String> SHAPES =
            Map.of(
                    "io/hark/StreamParser", "io.hark.Parser",
                    "io/hark/DatagramParser", "io.hark.Parser",
                    "io/hark/LineParser", "io.hark.Parser",
                    "io/hark/Inspector", "io.hark.Inspector",
                    "io/hark/Decoder", "io.hark.Decoder",
                    "io/hark/Detector", "io.hark.Detector",
                    "io/hark/Exporter", "io.hark.Exporter",
                    "io/hark/export/ecs/EcsMapping", "io.hark.export.ecs.EcsMapping",
                    "io/hark/export/eve/EveMapping", "io.hark.export.eve.EveMapping");

    private static final String EVENT = "io/hark/event/Event";
    private static final String DETECTOR = "io/hark/Detector";

    private final Path classes;
    private final Types types;
    private final List<String> errors = new ArrayList<>();

    private Weave(Path classes, List<Path> classpath) {
        this.classes = classes;
        this.types = new Types(classes, classpath);
    }

    public static void main(String[] args) throws IOException {
        var services = !args[0].equals("--no-services");
        var classes = Path.of(args[services ? 0 : 1]);
        if (!Files.isDirectory(classes)) {
            return; // a module without classes
        }
        var classpath =
                Arrays.stream(args[args.length - 1].split(File.pathSeparator))
                        .map(Path::of)
                        .toList();
        var weave = new Weave(classes, classpath);
        var own = weave.ownClasses();
        if (services) {
            weave.writeServices(own);
            weave.writeEvents(own);
            weave.writeTechniques(own);
        }
        weave.writeAccess(own);
        weave.errors.forEach(error -> System.err.println("Weave: " + error));
        if (!weave.errors.isEmpty()) {
            System.err.println("Weave: " + Slots.ALLOWED);
            System.exit(1);
        }
    }

    private List<ClassModel> ownClasses() throws IOException {
        try (var files = Files.walk(classes)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> classes.relativize(file).toString().replace('\\', '/'))
                    .filter(
                            name ->
                                    name.endsWith(".class")
                                            && !name.endsWith(Access.SUFFIX + ".class"))
                    .filter(
                            name ->
                                    !name.endsWith("package-info.class")
                                            && !name.endsWith("module-info.class"))
                    .sorted()
                    .map(
                            name ->
                                    types.find(name.substring(0, name.length() - ".class".length()))
                                            .orElseThrow())
                    .toList();
        }
    }

    // ---- services

    private void writeServices(List<ClassModel> own) throws IOException {
        var services = new TreeMap<String, Set<String>>();
        SHAPES.values().forEach(service -> services.put(service, new TreeSet<>()));
        for (var model : own) {
            if (!isProvider(model)) {
                continue;
            }
            var name = types.name(model);
            SHAPES.forEach(
                    (shape, service) -> {
                        if (types.implementsIt(name, shape)) {
                            services.get(service).add(name.replace('/', '.'));
                        }
                    });
        }
        var folder = classes.resolve("META-INF/services");
        for (var service : services.entrySet()) {
            writeNames(folder.resolve(service.getKey()), service.getValue());
        }
    }

    private void writeEvents(List<ClassModel> own) throws IOException {
        var events = new TreeSet<String>();
        for (var model : own) {
            var name = types.name(model);
            if (types.isStoredRecord(name) && types.implementsIt(name, EVENT)) {
                events.add(name.replace('/', '.'));
            }
        }
        writeNames(classes.resolve("META-INF/hark/events"), events);
    }

    private void writeTechniques(List<ClassModel> own) throws IOException {
        var techniques = new Techniques(classes, types);
        var lines = new TreeSet<String>();
        for (var model : own) {
            var name = types.name(model);
            if (isProvider(model) && types.implementsIt(name, DETECTOR)) {
                lines.add(name.replace('/', '.') + ' ' + String.join(" ", techniques.of(model)));
            }
        }
        writeNames(classes.resolve("META-INF/hark/techniques"), lines);
    }

    /// One name a line; no file where there are none.
    private static void writeNames(Path file, Set<String> names) throws IOException {
        if (names.isEmpty()) {
            Files.deleteIfExists(file);
        } else {
            Files.createDirectories(file.getParent());
            writeIfChanged(
                    file, (String.join("\n", names) + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    /// Concrete, public all the way out, and made without arguments.
    private boolean isProvider(ClassModel model) {
        var flags = model.flags();
        return !flags.has(AccessFlag.INTERFACE)
                && !flags.has(AccessFlag.ABSTRACT)
                && types.isPublic(model)
                && model.methods().stream()
                        .anyMatch(
                                method ->
                                        method.methodName().equalsString("<init>")
                                                && method.methodType().equalsString("()V")
                                                && method.flags().has(AccessFlag.PUBLIC));
    }

    // ---- access

    private void writeAccess(List<ClassModel> own) throws IOException {
        var written = new HashSet<Path>();
        for (var model : own) {
            if (types.isStoredRecord(types.name(model))) {
                var file = classes.resolve(types.name(model) + Access.SUFFIX + ".class");
                try {
                    writeIfChanged(file, new Access(types, model).bytes());
                    written.add(file);
                } catch (Unfit unfit) {
                    errors.add(unfit.getMessage());
                }
            }
        }
        try (var files = Files.walk(classes)) {
            for (var file :
                    files.filter(path -> path.toString().endsWith(Access.SUFFIX + ".class"))
                            .toList()) {
                if (!written.contains(file)) {
                    Files.delete(file);
                }
            }
        }
    }

    private static void writeIfChanged(Path file, byte[] bytes) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), bytes)) {
            Files.write(file, bytes);
        }
    }
}
