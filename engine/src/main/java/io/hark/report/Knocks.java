package io.hark.report;

import io.hark.schema.Addr;
import io.hark.sensor.Summary;
import io.hark.sensor.Summary.Hosts;
import io.hark.sensor.Summary.Pair;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/// A caller's calls that carried nothing. Tables by bytes have them last, and a scan is all of
/// such.
///
/// @param caller who
/// @param calls how many
/// @param hosts whom it called, how many
/// @param ports at how many ports of one host at most; 0 where there are few
/// @param most that host
public record Knocks(Addr caller, long calls, long hosts, int ports, Addr most) {

    private static final int MIN_CALLS = 5; // fewer happen every day

    /// Callers with most of such calls.
    public static List<Knocks> of(Summary summary, int most) {
        Map<Addr, Knocks> callers = new HashMap<>();
        for (Entry<Hosts, Pair> entry : summary.pairs().entrySet()) {
            Pair pair = entry.getValue();
            if (pair.empty > 0) {
                Hosts who = entry.getKey();
                Knocks one = new Knocks(who.orig(), pair.empty, 1, pair.emptyPorts(), who.resp());
                callers.merge(who.orig(), one, Knocks::with);
            }
        }
        return Top.of(
                callers.values().stream().filter(knocks -> knocks.calls >= MIN_CALLS).toList(),
                Comparator.comparingLong((Knocks knocks) -> -knocks.calls)
                        .thenComparing(Knocks::caller),
                most);
    }

    private Knocks with(Knocks more) {
        boolean less = more.ports < ports || more.ports == ports && more.most.compareTo(most) > 0;
        return new Knocks(
                caller,
                calls + more.calls,
                hosts + more.hosts,
                less ? ports : more.ports,
                less ? most : more.most);
    }

    /// The same in a line.
    public String line() {
        return caller
                + " made "
                + Units.count(calls, "call")
                + " without a word (refused, not answered, or only tried): "
                + Units.count(hosts, "host")
                + (ports > 1 ? ", " + Units.count(ports, "port") + " of " + most : "");
    }
}
