package io.hark.sensor;

import io.hark.bytes.TextBuffer;
import io.hark.engagement.Suppression;
import io.hark.event.Fact;
import io.hark.event.Finding;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A finding as one line of `findings.jsonl`: the fields of the command's contract.
public final class FindingJson {

    private FindingJson() {}

    /// The line, without its end.
    ///
    /// @param by what suppresses it, if anything does
    public static String line(Finding f, @Nullable Suppression by) {
        TextBuffer out = new TextBuffer(1 << 10);
        out.put("{\"id\":").json(f.id());
        out.put(",\"revision\":").number(f.revision());
        out.put(",\"detector\":").json(f.detector());
        out.put(",\"title\":").json(f.title());
        out.put(",\"why\":").json(f.why());
        out.put(",\"severity\":").json(f.severity().name().toLowerCase(Locale.ROOT));
        out.put(",\"confidence\":").real(f.confidence());
        texts(out, "techniques", f.techniques());
        out.put(",\"engage\":[");
        for (int i = 0; i < f.engage().size(); i++) {
            Finding.Engage row = f.engage().get(i);
            out.put(i > 0 ? "," : "").put("{\"activity\":").json(row.activity());
            out.put(",\"vulnerability\":")
                    .json(row.vulnerability())
                    .put(",\"opportunity\":")
                    .json(row.opportunity())
                    .put('}');
        }
        out.put("],\"orig_h\":").json(f.orig_h().toString());
        out.put(",\"resp_h\":").json(f.resp_h().toString());
        Integer port = f.resp_p();
        if (port != null) {
            out.put(",\"resp_p\":").number(port);
        }
        String host = f.host();
        if (host != null) {
            out.put(",\"host\":").json(host);
        }
        out.put(",\"first\":").seconds(f.first());
        out.put(",\"last\":").seconds(f.last());
        texts(out, "uids", f.uids());
        facts(out.put(",\"evidence\":"), f.evidence());
        out.put(",\"completeness\":").real(f.completeness());
        texts(out, "next", f.next());
        if (by != null) {
            out.put(",\"suppressed\":{\"who\":").json(by.who());
            out.put(",\"why\":").json(by.why());
            out.put(",\"until\":").json(by.until().toString()).put('}');
        }
        return out.put('}').toString();
    }

    private static void texts(TextBuffer out, String name, List<String> texts) {
        out.put(",").json(name).put(":[");
        for (int i = 0; i < texts.size(); i++) {
            out.put(i > 0 ? "," : "").json(texts.get(i));
        }
        out.put(']');
    }

    /// Facts as one JSON object.
    static void facts(TextBuffer out, List<Fact> facts) {
        out.put('{');
        for (int i = 0; i < facts.size(); i++) {
            Fact fact = facts.get(i);
            out.put(i > 0 ? "," : "").json(fact.name()).put(':');
            Double number = fact.number();
            String text = fact.text();
            if (number != null) {
                out.real(number);
            } else {
                out.json(text == null ? "" : text);
            }
        }
        out.put('}');
    }
}
