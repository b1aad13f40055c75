package io.hark.report;

import io.hark.event.Finding;
import io.hark.schema.Addr;
import io.hark.sensor.Recap;
import io.hark.sensor.Summary.Hosts;
import io.hark.sensor.Summary.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Whom the graph of hosts shows: those of findings and conversations, then those with most bytes;
/// all others are one node a side, group addresses another.
///
/// @param nodes by number
/// @param left the numbers in the left column, from the top
/// @param right and in the right one
/// @param edges the narrow before the wide, those of findings last, on top
/// @param leftOut how many of the narrowest are not among them
/// @param leftName what the left column is
/// @param rightName and the right one
record Crowd(
        List<Node> nodes,
        List<Node> left,
        List<Node> right,
        List<Edge> edges,
        int leftOut,
        String leftName,
        String rightName) {

    /// Readable on a page.
    static final int MAX_NODES = 40;

    private static final int MAX_COLUMN = 25; // of one side, so that the other has its share
    private static final int MAX_LOOKED = 400; // among so many of the largest hosts

    private static final int MAX_EDGES = 300; // more is a carpet; the thinnest are left out

    private static final int MAX_SERVICES = 4; // named of one line

    /// A host, or what others are gathered in.
    ///
    /// @param addr null where it is several
    /// @param label what they are called together
    /// @param hosts how many
    /// @param kind its class in the style: `hot` in a finding, `talk` in a conversation, else empty
    record Node(
            int number,
            @Nullable Addr addr,
            @Nullable String name,
            String label,
            long hosts,
            long bytes,
            String kind) {}

    /// From who calls to who is called.
    ///
    /// @param isHot whether a finding is about it
    /// @param isTalk whether a conversation was decoded in it
    record Edge(
            int from,
            int to,
            long conns,
            long bytes,
            String services,
            boolean isHot,
            boolean isTalk) {

        /// Whether it shall be seen before all others.
        boolean isMarked() {
            return isHot || isTalk;
        }
    }

    /// The most bytes of a line.
    long most() {
        return Math.max(1, edges.stream().mapToLong(Edge::bytes).max().orElse(1));
    }

    static Crowd of(Matter matter) {
        return new Gathering(matter).crowd();
    }

    /// *Thread*: one owner, for one call.
    private static final class Gathering {
        private final Matter matter;
        private final Set<Hosts> hotPairs = new HashSet<>();
        private final Set<Hosts> talkPairs = new HashSet<>();
        private final Set<Addr> hot = new LinkedHashSet<>();
        private final Set<Addr> talking = new LinkedHashSet<>();
        private final Map<Addr, Integer> numbers = new HashMap<>();
        private final List<Node> nodes = new ArrayList<>();
        private final List<Boolean> isLeft = new ArrayList<>();
        private boolean byRole;

        /// Others by side, and group addresses: number of the node, -1 for none yet.
        private final int[] gathered = {-1, -1, -1};

        private final long[][] gatheredSums = new long[3][2];

        private Gathering(Matter matter) {
            this.matter = matter;
            for (Finding f : matter.findings()) {
                hotPairs.add(new Hosts(f.orig_h(), f.resp_h()));
                hot.add(f.orig_h());
                hot.add(f.resp_h());
            }
            for (Recap.Talk talk : matter.summary().talks()) {
                var id = talk.first.id();
                talkPairs.add(new Hosts(id.orig_h(), id.resp_h()));
                talking.add(id.orig_h());
                talking.add(id.resp_h());
            }
        }

        private Crowd crowd() {
            List<HostBook.Host> large =
                    matter.hosts().largest(MAX_LOOKED).stream()
                            .filter(host -> !host.addr.isGroupOrNobody())
                            .toList();
            long inside = large.stream().filter(host -> matter.isInside(host.addr)).count();
            byRole = inside == 0 || inside == large.size();
            Set<Addr> chosen = chosen(large);
            chosen.forEach(this::add);
            gatherOthers(chosen);
            List<Edge> edges = edges();
            List<Node> left = new ArrayList<>();
            List<Node> right = new ArrayList<>();
            for (Node node : nodes) {
                (isLeft.get(node.number()) ? left : right).add(node);
            }
            untangle(left, right, edges);
            edges.sort(
                    Comparator.comparing(Edge::isMarked)
                            .thenComparing(Edge::isHot)
                            .thenComparingLong(Edge::bytes)
                            .thenComparingInt(Edge::from)
                            .thenComparingInt(Edge::to));
            int thin = Math.max(0, edges.size() - MAX_EDGES); // they are first
            return new Crowd(
                    nodes,
                    left,
                    right,
                    edges.subList(thin, edges.size()),
                    thin,
                    byRole ? "callers" : "inside",
                    byRole ? "called" : "outside");
        }

        private Set<Addr> chosen(List<HostBook.Host> large) {
            Set<Addr> chosen = new LinkedHashSet<>();
            hot.stream().limit(MAX_NODES / 2).forEach(chosen::add);
            talking.stream().limit(MAX_NODES / 2).forEach(chosen::add);
            chosen.retainAll(matter.hosts().hosts().keySet()); // those of connections that ended
            int[] columns = new int[2];
            chosen.forEach(addr -> columns[isLeft(addr) ? 0 : 1]++);
            for (HostBook.Host host : large) {
                int column = isLeft(host.addr) ? 0 : 1;
                if (chosen.size() < MAX_NODES
                        && columns[column] < MAX_COLUMN
                        && chosen.add(host.addr)) {
                    columns[column]++;
                }
            }
            return chosen;
        }

        private boolean isLeft(Addr addr) {
            if (!byRole) {
                return matter.isInside(addr);
            }
            HostBook.Host host = matter.hosts().hosts().get(addr);
            return host != null && host.calls >= host.called;
        }

        private void add(Addr addr) {
            HostBook.Host host = matter.hosts().hosts().get(addr);
            long bytes = host == null ? 0 : host.bytes();
            String kind = hot.contains(addr) ? "hot" : talking.contains(addr) ? "talk" : "";
            numbers.put(addr, nodes.size());
            nodes.add(new Node(nodes.size(), addr, matter.name(addr), "", 1, bytes, kind));
            isLeft.add(isLeft(addr));
        }

        private int heap(Addr addr) {
            return addr.isGroupOrNobody() ? 2 : isLeft(addr) ? 0 : 1;
        }

        private void gatherOthers(Set<Addr> chosen) {
            for (HostBook.Host host : matter.hosts().hosts().values()) {
                if (!chosen.contains(host.addr)) {
                    long[] sums = gatheredSums[heap(host.addr)];
                    sums[0]++;
                    sums[1] += host.bytes();
                }
            }
            for (int heap = 0; heap < gathered.length; heap++) {
                long hosts = gatheredSums[heap][0];
                if (hosts > 0) {
                    gathered[heap] = nodes.size();
                    String label =
                            Units.count(hosts, heap == 2 ? "group address" : "other host")
                                    .replace("addresss", "addresses");
                    nodes.add(
                            new Node(
                                    nodes.size(),
                                    null,
                                    null,
                                    label,
                                    hosts,
                                    gatheredSums[heap][1],
                                    "heap"));
                    isLeft.add(heap == 0);
                }
            }
        }

        private int number(Addr addr) {
            Integer number = numbers.get(addr);
            return number == null ? gathered[heap(addr)] : number;
        }

        /// Sums of one line.
        private static final class Line {
            long conns;
            long bytes;
            final Map<String, Long> services = new TreeMap<>();
            boolean isHot;
            boolean isTalk;
        }

        private List<Edge> edges() {
            Map<Long, Line> lines = new LinkedHashMap<>();
            int size = nodes.size();
            for (Entry<Hosts, Pair> entry : matter.summary().pairs().entrySet()) {
                Hosts who = entry.getKey();
                int from = number(who.orig());
                int to = number(who.resp());
                if (from != to) {
                    Line line = lines.computeIfAbsent((long) from * size + to, _ -> new Line());
                    add(line, who, entry.getValue());
                }
            }
            List<Edge> edges = new ArrayList<>();
            new TreeMap<>(lines)
                    .forEach(
                            (ends, line) ->
                                    edges.add(
                                            new Edge(
                                                    (int) (ends / size),
                                                    (int) (ends % size),
                                                    line.conns,
                                                    line.bytes,
                                                    services(line),
                                                    line.isHot,
                                                    line.isTalk)));
            return edges;
        }

        private void add(Line line, Hosts who, Pair pair) {
            line.conns += pair.conns;
            line.bytes += pair.origBytes + pair.respBytes;
            pair.services.forEach((word, n) -> line.services.merge(word, n, Long::sum));
            line.isHot |= hotPairs.contains(who);
            line.isTalk |= talkPairs.contains(who);
        }

        private static String services(Line line) {
            String words = String.join(" ", HostBook.words(line.services, MAX_SERVICES));
            return line.services.size() > MAX_SERVICES ? words + " …" : words;
        }

        /// Puts hosts beside those they talk to, so that few lines cross: each column in turn in
        /// the order of its neighbours' mean place.
        private static void untangle(List<Node> left, List<Node> right, List<Edge> edges) {
            for (int round = 0; round < 4; round++) { // more changes little
                sort(right, left, edges);
                sort(left, right, edges);
            }
        }

        private static void sort(List<Node> column, List<Node> other, List<Edge> edges) {
            Map<Integer, Double> places = new HashMap<>();
            for (int i = 0; i < other.size(); i++) {
                places.put(other.get(i).number(), (i + 0.5) / other.size());
            }
            Map<Integer, double[]> sums = new HashMap<>();
            for (int i = 0; i < column.size(); i++) {
                sums.put(column.get(i).number(), new double[] {0, 0, (i + 0.5) / column.size()});
            }
            for (Edge edge : edges) {
                pull(sums.get(edge.from()), places.get(edge.to()), edge);
                pull(sums.get(edge.to()), places.get(edge.from()), edge);
            }
            Map<Integer, Double> mean = new HashMap<>();
            sums.forEach((number, sum) -> mean.put(number, sum[1] == 0 ? sum[2] : sum[0] / sum[1]));
            column.sort(
                    Comparator.comparing((Node node) -> node.kind().equals("heap"))
                            .thenComparingDouble(node -> mean.getOrDefault(node.number(), 0.0))
                            .thenComparingInt(Node::number));
        }

        private static void pull(double @Nullable [] sum, @Nullable Double place, Edge edge) {
            if (sum != null && place != null) {
                double weight = Math.log(2 + edge.bytes());
                sum[0] += place * weight;
                sum[1] += weight;
            }
        }
    }
}
