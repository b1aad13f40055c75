package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.CommonNames;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// `key=value` of any product, logfmt among it, by the names that all have in common
/// ([CommonNames]): a line that is little else.
///
/// ```
/// time=2024-06-01T10:00:00Z level=info msg="request done" src=192.0.2.10 status=200
/// ```
public final class KeyValueLines implements LineParser {

    private static final int LEAST = 3; // a sentence may hold one or two
    private static final Pattern NAME = Pattern.compile("[A-Za-z_@][A-Za-z0-9_.@-]{0,63}");

    /// The parser.
    public KeyValueLines() {}

    @Override
    public String name() {
        return "key_value";
    }

    @Override
    public String about() {
        return "key=value of any product, logfmt";
    }

    @Override
    public List<String> signs() {
        return List.of("=");
    }

    @Override
    public boolean isGeneral() {
        return true;
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String body = line.body();
        Pairs pairs = Pairs.spaced(body, 0);
        if (pairs.size() < LEAST || !isMostOf(body, pairs)) {
            return false;
        }
        out.of(name(), line.app().toLowerCase(Locale.ROOT)).is("", "info");
        CommonNames.put(pairs, line, out);
        return true;
    }

    /// Whether the pairs are more than half of the text, and their names words.
    private static boolean isMostOf(String body, Pairs pairs) {
        int covered = 0;
        for (int i = 0; i < pairs.size(); i++) {
            if (!NAME.matcher(pairs.name(i)).matches()) {
                return false;
            }
            covered += pairs.name(i).length() + pairs.value(i).length() + 2;
        }
        return covered * 2 > body.length();
    }
}
