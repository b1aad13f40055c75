package io.hark.sensor;

import io.hark.bytes.TextBuffer;
import io.hark.event.Finding;
import io.hark.event.Finding.Engage;
import io.hark.incident.Incident;
import io.hark.incident.Incident.Member;
import io.hark.incident.Link;
import io.hark.incident.Tactic;
import io.hark.schema.Addr;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// An incident as one line of `incidents.jsonl`.
///
/// *Shape*: `id`, `title`, `why`, `severity`, `confidence`, `first`, `last` (epoch seconds),
/// `hosts` [{host, name, role}], `techniques` [ATT&CK ids, in the order of tactics], `tactics`
/// [ATT&CK ids], `engage` [{activity, vulnerability, opportunity}], `timeline` [{first, last,
/// finding, severity, orig_h, resp_h, title}], `links` [{from, to, reason, what}], `minor` [ids of
/// low findings].
public final class IncidentJson {

    private IncidentJson() {}

    /// The line, without its end.
    ///
    /// @param names the name of a host, if it has one
    public static String line(Incident incident, Function<Addr, @Nullable String> names) {
        TextBuffer out = new TextBuffer(1 << 10);
        out.put("{\"id\":").json(incident.id());
        out.put(",\"title\":").json(incident.title());
        out.put(",\"why\":").json(incident.why());
        out.put(",\"severity\":").json(word(incident.severity()));
        out.put(",\"confidence\":").real(incident.confidence());
        out.put(",\"first\":").seconds(incident.first());
        out.put(",\"last\":").seconds(incident.last());
        list(out, "hosts", incident.hosts(), host -> member(out, host, names));
        list(out, "techniques", incident.techniques(), out::json);
        list(
                out,
                "tactics",
                incident.tactics().stream().map(Tactic::id).filter(id -> !id.isEmpty()).toList(),
                out::json);
        list(out, "engage", incident.engage(), row -> engage(out, row));
        list(out, "timeline", incident.findings(), finding -> step(out, finding));
        list(out, "links", incident.links(), link -> link(out, link));
        list(out, "minor", incident.minor(), finding -> out.json(finding.id()));
        return out.put('}').toString();
    }

    private static void member(
            TextBuffer out, Member member, Function<Addr, @Nullable String> names) {
        out.put("{\"host\":").json(member.host().toString());
        String name = names.apply(member.host());
        if (name != null) {
            out.put(",\"name\":").json(name);
        }
        out.put(",\"role\":").json(word(member.role())).put('}');
    }

    private static void engage(TextBuffer out, Engage row) {
        out.put("{\"activity\":").json(row.activity());
        out.put(",\"vulnerability\":").json(row.vulnerability());
        out.put(",\"opportunity\":").json(row.opportunity()).put('}');
    }

    private static void step(TextBuffer out, Finding finding) {
        out.put("{\"first\":").seconds(finding.first());
        out.put(",\"last\":").seconds(finding.last());
        out.put(",\"finding\":").json(finding.id());
        out.put(",\"severity\":").json(word(finding.severity()));
        out.put(",\"orig_h\":").json(finding.orig_h().toString());
        out.put(",\"resp_h\":").json(finding.resp_h().toString());
        out.put(",\"title\":").json(finding.title()).put('}');
    }

    private static void link(TextBuffer out, Link link) {
        out.put("{\"from\":").json(link.from());
        out.put(",\"to\":").json(link.to());
        out.put(",\"reason\":").json(word(link.reason()));
        out.put(",\"what\":").json(link.what()).put('}');
    }

    private static <T> void list(
            TextBuffer out, String name, List<T> items, Consumer<? super T> write) {
        out.put(',').json(name).put(":[");
        for (Iterator<T> all = items.iterator(); all.hasNext(); ) {
            write.accept(all.next());
            out.put(all.hasNext() ? "," : "");
        }
        out.put(']');
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
