package io.hark.report;

import io.hark.schema.Addr;
import io.hark.sensor.Summary.Hosts;
import io.hark.sensor.Summary.Pair;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.TreeMap;

/// Who took part, summed up of the pairs of hosts.
///
/// @param hosts by address
record HostBook(Map<Addr, Host> hosts) {

    /// What one host did.
    static final class Host {
        final Addr addr;
        long sent;
        long received;
        long calls;
        long called;
        int peers;
        long first = Long.MAX_VALUE;
        long last = Long.MIN_VALUE;

        Host(Addr addr) {
            this.addr = addr;
        }

        Addr addr() {
            return addr;
        }

        long bytes() {
            return sent + received;
        }

        private void add(Pair pair, long out, long in) {
            sent += out;
            received += in;
            peers++;
            first = Math.min(first, pair.first);
            last = Math.max(last, pair.last);
        }
    }

    /// Hosts with the most bytes first.
    static final Comparator<Host> LARGEST_FIRST =
            Comparator.comparingLong(Host::bytes)
                    .thenComparingLong(host -> host.calls + host.called)
                    .reversed()
                    .thenComparing(Host::addr);

    static HostBook of(Map<Hosts, Pair> pairs) {
        Map<Addr, Host> hosts = HashMap.newHashMap(pairs.size());
        pairs.forEach(
                (who, pair) -> {
                    Host orig = hosts.computeIfAbsent(who.orig(), Host::new);
                    orig.calls += pair.conns;
                    orig.add(pair, pair.origBytes, pair.respBytes);
                    Host resp = hosts.computeIfAbsent(who.resp(), Host::new);
                    resp.called += pair.conns;
                    resp.add(pair, pair.respBytes, pair.origBytes);
                });
        return new HostBook(hosts);
    }

    /// So many of them, the largest first.
    List<Host> largest(int most) {
        return Top.of(hosts.values(), LARGEST_FIRST, most);
    }

    /// Pairs in the order of their bytes, the largest first.
    static final Comparator<Entry<Hosts, Pair>> LARGEST_PAIR_FIRST =
            Comparator.comparingLong(
                            (Entry<Hosts, Pair> e) ->
                                    e.getValue().origBytes + e.getValue().respBytes)
                    .thenComparingLong(e -> e.getValue().conns)
                    .reversed()
                    .thenComparing(e -> e.getKey().orig())
                    .thenComparing(e -> e.getKey().resp());

    /// The words of a tally of services, the most frequent first.
    static List<String> words(Map<String, Long> services, int most) {
        return Top.of(
                        new TreeMap<>(services).entrySet(),
                        Entry.<String, Long>comparingByValue()
                                .reversed()
                                .thenComparing(Entry.comparingByKey()),
                        most)
                .stream()
                .map(Entry::getKey)
                .toList();
    }
}
