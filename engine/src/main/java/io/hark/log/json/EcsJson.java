package io.hark.log.json;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.CommonNames;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;

/// JSON of any product, by the names that all have in common ([CommonNames]).
public final class EcsJson implements LineParser {

    private static final String MODULE = "json";

    /// The parser.
    public EcsJson() {}

    @Override
    public String name() {
        return MODULE;
    }

    @Override
    public String about() {
        return "JSON of any product, by the names of the Elastic Common Schema";
    }

    @Override
    public List<String> signs() {
        return List.of("{\"", "{ \"");
    }

    @Override
    public boolean isGeneral() {
        return true;
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Pairs json = line.json();
        if (json == null || json.size() < 2) {
            return false;
        }
        out.of(MODULE, "").is("", "info");
        CommonNames.put(json, line, out);
        return true;
    }
}
