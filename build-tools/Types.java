import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.constant.ClassDesc;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.jar.JarFile;

/// Class files of the module, its class path and the JDK, by internal name. Parses each once.
final class Types {
    private static final String STORED = "io/hark/schema/Stored";

    private final Path classes;
    private final List<Path> folders = new ArrayList<>();
    private final List<JarFile> jars = new ArrayList<>();
    private final Map<String, Optional<ClassModel>> found = new HashMap<>();

    Types(Path classes, List<Path> classpath) {
        this.classes = classes;
        for (var entry : classpath) {
            if (Files.isDirectory(entry)) {
                folders.add(entry);
            } else if (Files.isRegularFile(entry)) {
                try {
                    jars.add(new JarFile(entry.toFile(), false));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    Optional<ClassModel> find(String name) {
        // Not computeIfAbsent: reading one class may look up others.
        var known = found.get(name);
        if (known == null) {
            var bytes = read(name + ".class");
            known = bytes == null ? Optional.empty() : Optional.of(ClassFile.of().parse(bytes));
            found.put(name, known);
        }
        return known;
    }

    byte[] read(String file) {
        try {
            var own = classes.resolve(file);
            if (Files.isRegularFile(own)) {
                return Files.readAllBytes(own);
            }
            for (var folder : folders) {
                if (Files.isRegularFile(folder.resolve(file))) {
                    return Files.readAllBytes(folder.resolve(file));
                }
            }
            for (var jar : jars) {
                var entry = jar.getEntry(file);
                if (entry != null) {
                    try (var in = jar.getInputStream(entry)) {
                        return in.readAllBytes();
                    }
                }
            }
            try (var in = ClassLoader.getSystemResourceAsStream(file)) {
                return in == null ? null : in.readAllBytes();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    ClassHierarchyResolver hierarchy() {
        return ClassHierarchyResolver.ofResourceParsing(this::open)
                .orElse(ClassHierarchyResolver.defaultResolver())
                .cached();
    }

    private InputStream open(ClassDesc type) {
        var bytes = read(internal(type) + ".class");
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    String name(ClassModel model) {
        return model.thisClass().asInternalName();
    }

    /// Transitively. A type that is not on the class path implements nothing.
    boolean implementsIt(String name, String wanted) {
        if (name.equals(wanted)) {
            return true;
        }
        var model = find(name);
        return model.isPresent()
                && (model.get().interfaces().stream()
                                .anyMatch(up -> implementsIt(up.asInternalName(), wanted))
                        || model.get()
                                .superclass()
                                .filter(up -> implementsIt(up.asInternalName(), wanted))
                                .isPresent());
    }

    boolean isStoredRecord(String name) {
        return extendsIt(name, "java/lang/Record") && implementsIt(name, STORED);
    }

    boolean isEnum(String name) {
        return extendsIt(name, "java/lang/Enum");
    }

    private boolean extendsIt(String name, String parent) {
        return find(name)
                .flatMap(ClassModel::superclass)
                .filter(up -> up.asInternalName().equals(parent))
                .isPresent();
    }

    /// Public, and nested only in public types.
    boolean isPublic(ClassModel model) {
        var inner = nesting(model);
        if (inner.isEmpty()) {
            return model.flags().has(AccessFlag.PUBLIC);
        }
        return inner.get().has(AccessFlag.PUBLIC)
                && inner.get()
                        .outerClass()
                        .flatMap(outer -> find(outer.asInternalName()))
                        .filter(this::isPublic)
                        .isPresent();
    }

    boolean isPrivate(ClassModel model) {
        return nesting(model).filter(inner -> inner.has(AccessFlag.PRIVATE)).isPresent();
    }

    private Optional<InnerClassInfo> nesting(ClassModel model) {
        return model.findAttribute(Attributes.innerClasses())
                .flatMap(
                        all ->
                                all.classes().stream()
                                        .filter(
                                                inner ->
                                                        inner.innerClass()
                                                                .asInternalName()
                                                                .equals(name(model)))
                                        .findFirst());
    }

    List<RecordComponentInfo> components(String record) {
        return find(record)
                .orElseThrow()
                .findAttribute(Attributes.record())
                .orElseThrow()
                .components();
    }

    static String internal(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.startsWith("L")
                ? descriptor.substring(1, descriptor.length() - 1)
                : descriptor;
    }

    static String readable(String internal) {
        return internal.replace('/', '.').replace('$', '.');
    }
}
