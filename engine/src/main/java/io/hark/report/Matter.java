package io.hark.report;

import io.hark.event.Finding;
import io.hark.schema.Addr;
import io.hark.sensor.Chronicle;
import io.hark.sensor.Options;
import io.hark.sensor.Outcome;
import io.hark.sensor.Summary;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the page is about: everything its parts are made of.
///
/// @param dir the case
/// @param outcome how the run ended
/// @param options how it was asked for
/// @param findings the worst first, without those suppressed
/// @param hosts who took part, summed up
record Matter(Path dir, Outcome outcome, Options options, List<Finding> findings, HostBook hosts) {

    static Matter of(Path dir, Outcome outcome, Options options) {
        List<Finding> findings =
                outcome.summary().assessment().open().stream().sorted(Finding.WORST_FIRST).toList();
        return new Matter(dir, outcome, options, findings, HostBook.of(outcome.summary().pairs()));
    }

    Summary summary() {
        return outcome.summary();
    }

    Chronicle chronicle() {
        return outcome.summary().chronicle();
    }

    /// A time: without the day where all was on one.
    String when(long nanos) {
        return Units.isOneDay(outcome.firstNanos(), outcome.lastNanos())
                        && Units.isOneDay(outcome.firstNanos(), nanos)
                ? Units.clock(nanos)
                : Units.time(nanos);
    }

    long counter(String name) {
        return outcome.counters().getOrDefault(name, 0L);
    }

    /// Whether anything could be read.
    boolean isRead() {
        return outcome.status() == Outcome.Status.OK || outcome.status() == Outcome.Status.DAMAGED;
    }

    boolean isInside(Addr host) {
        return options.local().isLocal(host);
    }

    /// The name of a host, if it has one besides its address.
    @Nullable String name(Addr host) {
        String name = summary().name(host);
        return name == null || name.isEmpty() || name.equals(host.toString()) ? null : name;
    }

    /// Writes a host: its address, its name beside it.
    void host(Markup out, Addr host) {
        host(out, host, name(host));
    }

    /// Writes a host by a name that somebody knew.
    void host(Markup out, Addr host, @Nullable String name) {
        out.with("span", host.toString(), "class", "addr");
        if (name != null && !name.equals(host.toString())) {
            out.text(" ").open("span", "class", "name").strange(name, 48).close("span");
        }
    }

    /// A command on this case as a shell takes it: what stands behind the name of the folder.
    String command(String verb, String rest) {
        return "hark " + verb + ' ' + quoted(dir.toString()) + (rest.isEmpty() ? "" : " " + rest);
    }

    /// A command of a finding, which says `DIR` for the case.
    String command(String ofFinding) {
        return ofFinding.replaceFirst(
                "\\bDIR\\b", java.util.regex.Matcher.quoteReplacement(quoted(dir.toString())));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
