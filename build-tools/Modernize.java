import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Lifts the classes of a jar that were compiled for Java 5 to Java 8, stack maps and all, in
/// place. The JVM keeps older ones out of the cache that makes starts fast: picocli's alone took a
/// third of a short run.
///
/// Runs from source: `java Modernize.java JAR`. A jar without such classes is not touched.
public final class Modernize {

    private Modernize() {}

    public static void main(String[] args) throws IOException {
        var jar = Path.of(args[0]);
        try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
                var content = FileSystems.newFileSystem(jar)) {
            var hierarchy = ClassHierarchyResolver.ofResourceParsing(loader);
            var files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
            for (var file : classes(content)) {
                var model = files.parse(Files.readAllBytes(file));
                if (model.majorVersion() < ClassFile.JAVA_6_VERSION) {
                    Files.write(file, files.transformClass(model, lifting()));
                }
            }
        }
    }

    private static List<Path> classes(FileSystem content) throws IOException {
        try (var all = Files.walk(content.getPath("/"))) {
            return all.filter(file -> file.toString().endsWith(".class")).toList();
        }
    }

    /// Takes method bodies apart and puts them together again, which makes their stack maps.
    private static ClassTransform lifting() {
        return ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL)
                .andThen(
                        (builder, element) -> {
                            if (element instanceof ClassFileVersion) {
                                builder.withVersion(ClassFile.JAVA_8_VERSION, 0);
                            } else {
                                builder.with(element);
                            }
                        });
    }
}
