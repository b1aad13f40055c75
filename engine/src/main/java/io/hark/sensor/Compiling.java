package io.hark.sensor;

import io.hark.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.FileObject;
import javax.tools.ForwardingJavaFileManager;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileManager;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/// Compiles one source file in this process; its classes are kept in memory.
final class Compiling {

    private static final int MAX_SHOWN = 20; // errors; the first is the one to mend

    private Compiling() {}

    /// The classes of a source file.
    ///
    /// @throws UserError if it does not compile, each error with its line
    static List<Class<?>> classes(Path path, byte[] source) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new UserError(
                    path
                            + " cannot be compiled: this Java has no compiler; run Hark with a JDK, or give a jar");
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        try (JavaFileManager files =
                        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8);
                Memory memory = new Memory(files)) {
            boolean done =
                    compiler.getTask(
                                    null,
                                    memory,
                                    said,
                                    List.of("-proc:none", "-parameters", "-Xlint:none"),
                                    null,
                                    List.of(new Source(path, source)))
                            .call();
            if (!done) {
                throw new UserError(errors(path, said.getDiagnostics()));
            }
            return load(path, memory.classes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String errors(
            Path path, List<Diagnostic<? extends JavaFileObject>> diagnostics) {
        List<String> lines = new ArrayList<>();
        for (Diagnostic<? extends JavaFileObject> one : diagnostics) {
            if (one.getKind() == Diagnostic.Kind.ERROR && lines.size() < MAX_SHOWN) {
                String text = one.getMessage(Locale.ROOT).replace("\n", "\n    ");
                lines.add("  %s:%d: %s".formatted(path, one.getLineNumber(), text));
            }
        }
        return path + " does not compile:\n" + String.join("\n", lines);
    }

    private static List<Class<?>> load(Path path, Map<String, ByteArrayOutputStream> compiled) {
        ClassLoader loader =
                new ClassLoader(Compiling.class.getClassLoader()) {
                    @Override
                    protected Class<?> findClass(String name) throws ClassNotFoundException {
                        ByteArrayOutputStream octets = compiled.get(name);
                        if (octets == null) {
                            throw new ClassNotFoundException(name);
                        }
                        return defineClass(name, octets.toByteArray(), 0, octets.size());
                    }
                };
        List<Class<?>> classes = new ArrayList<>();
        for (String name : compiled.keySet()) {
            try {
                classes.add(loader.loadClass(name));
            } catch (ClassNotFoundException | LinkageError e) {
                throw new UserError(path + ": " + name + " cannot be loaded: " + e, e);
            }
        }
        return classes;
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String text;

        Source(Path path, byte[] octets) {
            super(path.toUri(), Kind.SOURCE);
            text = new String(octets, StandardCharsets.UTF_8);
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return text;
        }
    }

    private static final class Memory extends ForwardingJavaFileManager<JavaFileManager> {
        private final Map<String, ByteArrayOutputStream> classes = new LinkedHashMap<>();

        Memory(JavaFileManager files) {
            super(files);
        }

        @Override
        public JavaFileObject getJavaFileForOutput(
                Location location, String name, JavaFileObject.Kind kind, FileObject beside) {
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            classes.put(name, octets);
            return new SimpleJavaFileObject(URI.create("mem:///" + name.replace('.', '/')), kind) {
                @Override
                public OutputStream openOutputStream() {
                    return octets;
                }
            };
        }
    }
}
