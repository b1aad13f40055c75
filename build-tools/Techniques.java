import java.io.IOException;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The ATT&CK techniques that a detector can name: those that stand as texts in its class, in
/// classes of its package that it uses, and in tables of that package that these name.
///
/// A class that two detectors of a package share counts for both.
final class Techniques {
    private static final Pattern ID = Pattern.compile("\\bT\\d{4}(?:\\.\\d{3})?\\b");
    private static final String TABLE = ".tsv";

    private final Path classes;
    private final Types types;

    Techniques(Path classes, Types types) {
        this.classes = classes;
        this.types = types;
    }

    Set<String> of(ClassModel detector) throws IOException {
        var name = types.name(detector);
        var folder = name.substring(0, name.lastIndexOf('/') + 1);
        var known = new HashSet<>(Set.of(name));
        var next = new ArrayDeque<>(Set.of(detector));
        var techniques = new TreeSet<String>();
        while (!next.isEmpty()) {
            for (var entry : next.pop().constantPool()) {
                read(entry, folder, techniques);
                if (entry instanceof ClassEntry used && isIn(folder, used.asInternalName())) {
                    if (known.add(used.asInternalName())) {
                        types.find(used.asInternalName()).ifPresent(next::add);
                    }
                }
            }
        }
        return techniques;
    }

    private static boolean isIn(String folder, String name) {
        return name.startsWith(folder) && name.indexOf('/', folder.length()) < 0;
    }

    private void read(PoolEntry entry, String folder, Set<String> techniques) throws IOException {
        if (!(entry instanceof StringEntry text)) {
            return;
        }
        var value = text.stringValue();
        if (ID.matcher(value).matches()) {
            techniques.add(value);
        } else if (value.endsWith(TABLE) && value.indexOf('/') < 0) {
            var table = classes.resolve(folder + value);
            if (Files.isRegularFile(table)) {
                ID.matcher(Files.readString(table, StandardCharsets.UTF_8))
                        .results()
                        .forEach(found -> techniques.add(found.group()));
            }
        }
    }
}
