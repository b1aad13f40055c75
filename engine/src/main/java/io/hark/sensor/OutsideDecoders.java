package io.hark.sensor;

import io.hark.Decoder;
import io.hark.UserError;
import io.hark.bytes.Digests;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/// Decoders that are not of this build: `.java` files, which are compiled now, and jars.
///
/// They run with all that Hark may do, so they are taken only from a folder that belongs to the
/// user and that nobody else can write, and the case keeps the hash of each.
///
/// @param files what they came from
public record OutsideDecoders(List<File> files) {

    /// None.
    public static final OutsideDecoders NONE = new OutsideDecoders(List.of());

    private static final int MAX_FILES = 256;
    private static final Set<PosixFilePermission> OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    /// One file.
    ///
    /// @param path where it is
    /// @param sha256 its digest, in hex
    /// @param decoders what is in it
    public record File(Path path, String sha256, List<Decoder<?>> decoders) {}

    /// Keeps its own copy.
    public OutsideDecoders {
        files = List.copyOf(files);
    }

    /// Where a user keeps decoders, unless another folder is named: `~/.config/hark/decoders`.
    public static Path home() {
        String config = System.getenv("XDG_CONFIG_HOME");
        Path base =
                config == null || config.isEmpty()
                        ? Path.of(System.getProperty("user.home"), ".config")
                        : Path.of(config);
        return base.resolve("hark").resolve("decoders");
    }

    /// Those of a folder that was named, or of [#home] where none was; there may be no such folder
    /// at home.
    ///
    /// @throws UserError as [#load]
    public static OutsideDecoders found(@Nullable Path folder) {
        Path place = folder == null ? home() : folder;
        return folder == null && !Files.isDirectory(place) ? NONE : load(place);
    }

    /// All of them.
    public List<Decoder<?>> decoders() {
        List<Decoder<?>> all = new ArrayList<>();
        files.forEach(file -> all.addAll(file.decoders));
        return all;
    }

    /// Loads every `.java` file and jar of a folder.
    ///
    /// @throws UserError if the folder or a file is not the user's alone, does not compile, holds
    ///   no decoder, or holds one whose name is taken
    public static OutsideDecoders load(Path folder) {
        try {
            if (!Files.isDirectory(folder)) {
                throw new UserError("no folder of decoders at " + folder);
            }
            trust(folder);
            List<Path> paths;
            try (var inside = Files.list(folder)) {
                paths = inside.filter(OutsideDecoders::isDecoder).sorted().toList();
            }
            if (paths.size() > MAX_FILES) {
                throw new UserError(folder + " holds more than " + MAX_FILES + " decoders");
            }
            List<File> files = new ArrayList<>();
            for (Path path : paths) {
                trust(path);
                files.add(read(path));
            }
            OutsideDecoders outside = new OutsideDecoders(files);
            outside.checkNames();
            return outside;
        } catch (IOException e) {
            throw new UserError("cannot read decoders from " + folder + ": " + e.getMessage(), e);
        }
    }

    /// Loads one file, to try it.
    ///
    /// @throws UserError as [#load]
    public static OutsideDecoders one(Path path) {
        try {
            if (!Files.isReadable(path) || !isDecoder(path)) {
                throw new UserError(path + " is no .java file and no jar that can be read");
            }
            OutsideDecoders outside = new OutsideDecoders(List.of(read(path)));
            outside.checkNames();
            return outside;
        } catch (IOException e) {
            throw UserError.unreadable(path, e);
        }
    }

    private static boolean isDecoder(Path path) {
        return Files.isRegularFile(path)
                && (path.toString().endsWith(".java") || path.toString().endsWith(".jar"));
    }

    /// Whether nobody but the user can change it.
    private static void trust(Path path) throws IOException {
        PosixFileAttributes is = Files.readAttributes(path.toRealPath(), PosixFileAttributes.class);
        String user = System.getProperty("user.name");
        String owner = is.owner().getName();
        if (!owner.equals(user)) {
            throw new UserError(
                    "%s belongs to %s, not to %s: decoders run with all that Hark may do, so they are taken from the user's own files only"
                            .formatted(path, owner, user));
        }
        if (is.permissions().stream().anyMatch(OF_OTHERS::contains)) {
            throw new UserError(
                    "%s can be written by others: 'chmod go-w %s' first".formatted(path, path));
        }
    }

    private void checkNames() {
        List<String> taken =
                new ArrayList<>(Analysis.decoders().stream().map(Decoder::name).toList());
        for (File file : files) {
            for (Decoder<?> decoder : file.decoders) {
                if (taken.contains(decoder.name())) {
                    throw new UserError(
                            "%s: there is a decoder named '%s' already: give it another name()"
                                    .formatted(file.path, decoder.name()));
                }
                taken.add(decoder.name());
            }
        }
    }

    private static File read(Path path) throws IOException {
        byte[] octets = Files.readAllBytes(path);
        List<Class<?>> classes =
                path.toString().endsWith(".jar") ? classes(path) : Compiling.classes(path, octets);
        List<Decoder<?>> decoders = new ArrayList<>();
        for (Class<?> one : classes) {
            Decoder<?> decoder = decoder(path, one);
            if (decoder != null) {
                decoders.add(decoder);
            }
        }
        if (decoders.isEmpty()) {
            throw new UserError(
                    path
                            + " holds no decoder: a public class with a public constructor without parameters that implements io.hark.Decoder");
        }
        return new File(path, Digests.sha256Hex(octets), List.copyOf(decoders));
    }

    private static @Nullable Decoder<?> decoder(Path path, Class<?> type) {
        if (!Decoder.class.isAssignableFrom(type)
                || !Modifier.isPublic(type.getModifiers())
                || Modifier.isAbstract(type.getModifiers())) {
            return null;
        }
        try {
            return (Decoder<?>) type.getConstructor().newInstance();
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new UserError(
                    path + ": " + type.getName() + " cannot be made: " + Fault.told(e, type), e);
        }
    }

    private static List<Class<?>> classes(Path jar) throws IOException {
        List<Class<?>> classes = new ArrayList<>();
        // it stays open as long as the decoders are used: classes are loaded when they are needed
        ClassLoader loader =
                new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, OutsideDecoders.class.getClassLoader());
        try (JarFile file = new JarFile(jar.toFile())) {
            for (var entry : file.stream().toList()) {
                String name = entry.getName();
                if (name.endsWith(".class") && !name.endsWith("-info.class")) {
                    String type = name.substring(0, name.length() - 6).replace('/', '.');
                    classes.add(Class.forName(type, false, loader));
                }
            }
        } catch (ClassNotFoundException | LinkageError e) {
            throw new UserError(jar + " cannot be loaded: " + e, e);
        }
        return classes;
    }
}
