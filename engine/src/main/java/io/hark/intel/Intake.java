package io.hark.intel;

import io.hark.UserError;
import io.hark.intel.Indicator.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Takes what stands in one list, line by line.
///
/// *Thread*: one owner.
final class Intake {

    private static final int MAX_CONTEXT = 300; // characters that a finding repeats

    private final Path file;
    private final int room;
    final List<Indicator> indicators = new ArrayList<>();

    /// What is there but not looked for: how often, by its name.
    final Map<String, Integer> leftOut = new TreeMap<>();

    Intake(Path file, int room) {
        this.file = file;
        this.room = room;
    }

    /// Takes a value of the kind with this name; an empty name for the kind it looks like.
    void add(int line, String type, String value, String context) {
        Kind kind = type.isEmpty() ? Kind.of(value) : Kind.named(type);
        if (kind == null && !type.isEmpty()) {
            leaveOut(type);
            return;
        }
        kind = kind == Kind.ADDRESS && value.indexOf('/') > 0 ? Kind.NETWORK : kind;
        String form = kind == null ? null : Indicator.form(kind, value);
        if (kind == null || form == null) {
            throw error(
                    line,
                    kind == null
                            ? "'%s' looks like nothing that can be looked for".formatted(cut(value))
                            : "'%s' is no %s%s"
                                    .formatted(
                                            cut(value),
                                            kind.word(),
                                            kind == Kind.DOMAIN ? " of two labels or more" : ""));
        }
        if (indicators.size() >= room) {
            throw error(
                    line,
                    "more than %,d indicators in all lists; leave some out"
                            .formatted(IntelFile.MAX_INDICATORS));
        }
        String said = context.strip();
        indicators.add(
                new Indicator(
                        kind,
                        form,
                        said.substring(0, Math.min(MAX_CONTEXT, said.length())),
                        String.valueOf(file.getFileName())));
    }

    /// Counts something that is not looked for.
    void leaveOut(String what) {
        leftOut.merge(cut(what), 1, Integer::sum);
    }

    /// What is wrong, and where.
    UserError error(int line, String what) {
        return error(line, what, null);
    }

    /// The same, with what caused it.
    UserError error(int line, String what, @Nullable Throwable cause) {
        String message = file + ":" + line + ": " + what;
        return cause == null ? new UserError(message) : new UserError(message, cause);
    }

    private static String cut(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
