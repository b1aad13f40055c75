package io.hark.report;

import static io.hark.report.Markup.n;

import io.hark.schema.Addr;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Draws who talked to whom: two columns of hosts, a line for each pair, as wide as it had bytes.
///
/// @param crowd whom to draw
record HostGraph(Crowd crowd) {

    private static final double LETTER = 6.9; // of the label's type, about
    private static final double LEAST_ROOM = 60;
    private static final double MOST_ROOM = 318;
    private static final double LEFT = 322;
    private static final double RIGHT = 638;
    private static final double TOP = 44;
    private static final double ROW = 22;
    private static final double WIDEST = 9;
    private static final double STEEPNESS = 0.7; // of width by bytes: below 1, small ones show
    private static final int MAX_LABEL = 42;

    void write(Markup out) {
        Map<Integer, double[]> places = new TreeMap<>();
        int rows = Math.max(crowd.left().size(), crowd.right().size());
        place(crowd.left(), LEFT, rows, places);
        place(crowd.right(), RIGHT, rows, places);
        double height = TOP + rows * ROW + 6;
        double begin = LEFT - room(crowd.left());
        double width = RIGHT + room(crowd.right()) - begin;
        Picture picture =
                new Picture(
                        out,
                        "graph",
                        "graph",
                        new Picture.Frame(begin, width, height),
                        "Who talked to whom",
                        Units.count(crowd.nodes().size(), "host or group of hosts")
                                + ", "
                                + Units.count(crowd.edges().size(), "line")
                                + "; the table below names the largest pairs.");
        picture.text(LEFT + 8, 16, "cap strong end", crowd.leftName());
        picture.text(RIGHT - 8, 16, "cap strong", crowd.rightName());
        crowd.edges().forEach(edge -> edge(picture, edge, places));
        for (Crowd.Node node : crowd.nodes()) {
            node(picture, node, places.getOrDefault(node.number(), new double[] {0, 0}));
        }
        picture.end();
        if (crowd.leftOut() > 0) {
            Table.more(
                    out,
                    Units.count(crowd.leftOut(), "thinner line"),
                    "the table below has the widest");
        }
    }

    /// What the labels of a column need.
    private static double room(List<Crowd.Node> column) {
        int longest = column.stream().mapToInt(node -> words(node).length()).max().orElse(0);
        return Math.max(LEAST_ROOM, Math.min(MOST_ROOM, longest * LETTER + 16));
    }

    /// A node's label as it is shown, its parts together.
    private static String words(Crowd.Node node) {
        Addr addr = node.addr();
        return addr == null ? node.label() : shortName(node, addr) + "  " + addr;
    }

    private static String shortName(Crowd.Node node, Addr addr) {
        String name = node.name();
        int room = Math.max(10, MAX_LABEL - addr.toString().length());
        return name == null ? "" : Markup.cut(name, room);
    }

    private static void place(
            List<Crowd.Node> column, double x, int rows, Map<Integer, double[]> places) {
        double y = TOP + (rows - column.size()) * ROW / 2.0 + ROW / 2;
        for (Crowd.Node node : column) {
            places.put(node.number(), new double[] {x, y});
            y += ROW;
        }
    }

    private void edge(Picture picture, Crowd.Edge edge, Map<Integer, double[]> places) {
        double[] a = places.getOrDefault(edge.from(), new double[] {0, 0});
        double[] b = places.getOrDefault(edge.to(), new double[] {0, 0});
        double share = edge.bytes() / (double) crowd.most();
        double wide = Math.max(edge.isMarked() ? 2.6 : 0.7, WIDEST * Math.pow(share, STEEPNESS));
        double out = a[0] == LEFT ? 1 : -1;
        double in = b[0] == LEFT ? 1 : -1;
        double far = a[0] == b[0] ? Math.min(150, 36 + Math.abs(a[1] - b[1]) * 0.55) : 130;
        double x1 = a[0] + out * 6;
        double x2 = b[0] + in * 12;
        picture.group(edge.isHot() ? "edge hot" : edge.isTalk() ? "edge talk" : "edge", told(edge));
        String way =
                "M"
                        + n(x1)
                        + " "
                        + n(a[1])
                        + "C"
                        + n(x1 + out * far)
                        + " "
                        + n(a[1])
                        + " "
                        + n(x2 + in * far)
                        + " "
                        + n(b[1])
                        + " "
                        + n(x2)
                        + " "
                        + n(b[1]);
        picture.markup().empty("path", "d", way, "stroke-width", n(wide), "class", "way");
        if (edge.isTalk()) { // a double line
            picture.markup()
                    .empty("path", "d", way, "stroke-width", n(wide * 0.4), "class", "core");
        }
        picture.path( // points at who was called
                "M" + n(x2 - in * 6) + " " + n(b[1]) + "l" + n(in * 8) + " -3.6v7.2z", "head");
        picture.endGroup();
    }

    private String told(Crowd.Edge edge) {
        return label(edge.from())
                + " → "
                + label(edge.to())
                + ": "
                + Units.count(edge.conns(), "connection")
                + ", "
                + Units.bytes(edge.bytes())
                + (edge.services().isEmpty() ? "" : ", " + edge.services());
    }

    private String label(int node) {
        Crowd.Node of = crowd.nodes().get(node);
        Addr addr = of.addr();
        return addr == null ? of.label() : addr.toString();
    }

    private static void node(Picture picture, Crowd.Node node, double[] at) {
        boolean left = at[0] == LEFT;
        picture.group("node " + node.kind(), Units.bytes(node.bytes()) + " sent and received");
        picture.circle(at[0], at[1], node.addr() == null ? 3 : 4.5, "spot");
        Markup out = picture.markup();
        out.open(
                "text",
                "x",
                n(at[0] + (left ? -12 : 12)),
                "y",
                n(at[1] + 4),
                "class",
                left ? "lab end" : "lab");
        Addr addr = node.addr();
        if (addr == null) {
            out.text(node.label());
        } else if (node.name() == null) {
            out.text(addr.toString());
        } else {
            out.with("tspan", shortName(node, addr), "class", "strong").text("  ");
            out.with("tspan", addr.toString(), "class", "faint");
        }
        out.close("text");
        picture.endGroup();
    }
}
