package io.hark.report;

import static io.hark.report.Markup.n;

import io.hark.event.Finding;
import io.hark.sensor.Recap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// Volume over time, stacked by service, with findings and conversations marked beneath.
///
/// @param matter what the page is about
/// @param bands the volume
record TimePicture(Matter matter, Bands bands) implements Part {

    private static final int MAX_LANES = 14; // findings, and conversations again
    private static final int MAX_ROWS = 48; // of the table under the picture

    private static final double WIDTH = 960;
    private static final double LEFT = 62;
    private static final double RIGHT = 950;
    private static final double TOP = 20;
    private static final double FLOOR = 168;
    private static final double STARTS_TOP = 196;
    private static final double STARTS_FLOOR = 226;
    private static final double AXIS = 246;
    private static final double LANE = 25;
    private static final double HALF_LABEL = 36; // of a time with milliseconds

    /// A span of time under the volume.
    private record Lane(String label, String kind, long first, long last) {}

    @Override
    public String id() {
        return "timeline";
    }

    @Override
    public String title() {
        return "Timeline";
    }

    @Override
    public String amount() {
        return "";
    }

    @Override
    public boolean isThere() {
        return bands.size() > 0;
    }

    private long from() {
        return bands.fromNanos();
    }

    private long to() {
        return bands.fromNanos() + bands.size() * bands.widthNanos();
    }

    private double x(long nanos) {
        double share = (nanos - from()) / (double) (to() - from());
        return LEFT + Math.clamp(share, 0, 1) * (RIGHT - LEFT);
    }

    @Override
    public void write(Markup out) {
        legend(out);
        List<Lane> lanes = lanes();
        double height = AXIS + 12 + lanes.size() * LANE;
        long most =
                Math.max(1, IntStream.range(0, bands.size()).mapToLong(bands::sum).max().orElse(1));
        Picture picture =
                new Picture(
                        out,
                        "time",
                        "time",
                        new Picture.Frame(0, WIDTH, height),
                        "Volume over time by service",
                        "Payload bytes every "
                                + Units.duration(bands.widthNanos())
                                + ", from "
                                + Units.time(from())
                                + " to "
                                + Units.time(to())
                                + " UTC; at most "
                                + Units.bytes(most)
                                + ". The table below has the numbers.");
        double top = round(most);
        grid(picture, top, height);
        bars(picture, top);
        starts(picture);
        lanes(picture, lanes);
        picture.end();
        left(out, matter.findings().size(), "finding");
        left(out, matter.summary().talks().size(), "conversation");
        table(out);
    }

    private static void left(Markup out, int all, String noun) {
        if (all > MAX_LANES) {
            Table.more(
                    out,
                    Units.count(all - MAX_LANES, "more " + noun),
                    "see " + noun + "s by themselves");
        }
    }

    private void legend(Markup out) {
        out.open("p", "class", "legend");
        for (Bands.Band band : bands.bands()) {
            out.open("span", "class", "key").with("i", "", "class", "sw " + band.colour());
            out.strange(band.service(), 40).close("span").text(" ");
        }
        out.close("p");
    }

    /// Bytes up to which the scale goes: a round number in people's units.
    private static double round(long most) {
        return Axis.round(most);
    }

    private void grid(Picture picture, double top, double height) {
        picture.text(LEFT, 11, "cap", "payload bytes every " + Units.duration(bands.widthNanos()));
        for (int i = 0; i <= 2; i++) {
            double at = FLOOR - (FLOOR - TOP) * i / 2;
            picture.line(LEFT, at, RIGHT, at, i == 0 ? "axis" : "grid");
            picture.text(LEFT - 8, at + 4, "tick end", Units.bytes(Math.round(top * i / 2)));
        }
        for (Axis.Tick tick : Axis.times(from(), to(), 9)) {
            double at = x(tick.at());
            picture.line(at, TOP, at, height - 6, "grid dim");
            boolean isAtEdge = at > WIDTH - HALF_LABEL;
            picture.text(
                    isAtEdge ? WIDTH : at, AXIS, isAtEdge ? "tick end" : "tick mid", tick.label());
        }
    }

    private void bars(Picture picture, double top) {
        double wide = (RIGHT - LEFT) / bands.size();
        double bar = Math.max(0.6, wide > 3 ? Math.min(wide - 1, 26) : wide);
        double[] floor = new double[bands.size()];
        Arrays.fill(floor, FLOOR);
        for (Bands.Band band : bands.bands()) {
            StringBuilder d = new StringBuilder();
            for (int i = 0; i < bands.size(); i++) {
                double tall = band.bytes()[i] / top * (FLOOR - TOP);
                if (band.bytes()[i] > 0) {
                    tall = Math.max(tall, 0.7); // little is not nothing
                    double x = LEFT + i * wide + (wide - bar) / 2;
                    floor[i] -= tall;
                    d.append('M').append(n(x)).append(' ').append(n(floor[i]));
                    d.append('h').append(n(bar)).append('v').append(n(tall));
                    d.append('h').append(n(-bar)).append('z');
                }
            }
            if (!d.isEmpty()) {
                picture.path(d.toString(), "band " + band.colour());
            }
        }
        for (int i = 0; i < bands.size(); i++) {
            if (bands.sum(i) > 0 || bands.begun()[i] > 0) {
                picture.group("hit", told(i));
                picture.rect(LEFT + i * wide, TOP, wide, STARTS_FLOOR - TOP, "hitbox");
                picture.endGroup();
            }
        }
    }

    private String told(int bucket) {
        StringBuilder told = new StringBuilder(Units.time(start(bucket)));
        told.append(" UTC: ").append(Units.count(bands.begun()[bucket], "connection"));
        for (Bands.Band band : bands.bands()) {
            if (band.bytes()[bucket] > 0) {
                told.append("; ").append(Markup.cut(band.service(), 40)).append(' ');
                told.append(Units.bytes(band.bytes()[bucket]));
            }
        }
        return told.toString();
    }

    private long start(int bucket) {
        return from() + bucket * bands.widthNanos();
    }

    /// Connections that began: what a scan shows, of which there are no bytes.
    private void starts(Picture picture) {
        long most = Math.max(1, Arrays.stream(bands.begun()).max().orElse(1));
        double wide = (RIGHT - LEFT) / bands.size();
        double bar = Math.max(0.6, wide > 3 ? Math.min(wide - 1, 26) : wide);
        StringBuilder d = new StringBuilder();
        for (int i = 0; i < bands.size(); i++) {
            if (bands.begun()[i] > 0) {
                double tall =
                        Math.max(1, (STARTS_FLOOR - STARTS_TOP) * bands.begun()[i] / (double) most);
                d.append('M').append(n(LEFT + i * wide + (wide - bar) / 2)).append(' ');
                d.append(n(STARTS_FLOOR - tall)).append('h').append(n(bar)).append('v');
                d.append(n(tall)).append('h').append(n(-bar)).append('z');
            }
        }
        picture.text(LEFT, STARTS_TOP - 5, "cap", "connections that began");
        picture.text(LEFT - 8, STARTS_TOP + 7, "tick end", Units.count(most));
        picture.line(LEFT, STARTS_FLOOR, RIGHT, STARTS_FLOOR, "axis");
        picture.path(d.toString(), "starts");
    }

    private List<Lane> lanes() {
        List<Lane> lanes = new ArrayList<>();
        for (Finding f : matter.findings().stream().limit(MAX_LANES).toList()) {
            lanes.add(new Lane(f.title(), "hot", f.first(), f.last()));
        }
        for (Recap.Talk talk : matter.summary().talks().stream().limit(MAX_LANES).toList()) {
            lanes.add(
                    new Lane(
                            talk.first.family() + ": " + Units.count(talk.messages, "message"),
                            "talk",
                            talk.first.ts(),
                            talk.last));
        }
        return lanes;
    }

    private void lanes(Picture picture, List<Lane> lanes) {
        double y = AXIS + 10;
        for (Lane lane : lanes) {
            double begin = x(lane.first);
            double end = Math.max(x(lane.last), begin + 3);
            picture.group("lane " + lane.kind, Markup.cut(lane.label, 200));
            picture.path(
                    "M"
                            + n(begin)
                            + " "
                            + n(y + 12)
                            + "v7M"
                            + n(begin)
                            + " "
                            + n(y + 15.5)
                            + "H"
                            + n(end)
                            + "M"
                            + n(end)
                            + " "
                            + n(y + 12)
                            + "v7",
                    "span");
            boolean late = begin > WIDTH * 0.62;
            picture.text(
                    late ? end : begin,
                    y + 9,
                    late ? "lab end" : "lab",
                    Markup.cut(lane.label, 90));
            picture.endGroup();
            y += LANE;
        }
    }

    private void table(Markup out) {
        int merge = Math.max(1, Math.ceilDiv(bands.size(), MAX_ROWS));
        out.open("details").with("summary", "The same as a table");
        String[] columns = new String[bands.bands().size() + 2];
        columns[0] = "from (UTC)";
        columns[1] = "#connections";
        for (int i = 0; i < bands.bands().size(); i++) {
            columns[i + 2] = "#" + Markup.cut(bands.bands().get(i).service(), 40);
        }
        Table table = new Table(out, "Volume over time", columns);
        for (int at = 0; at < bands.size(); at += merge) {
            int end = Math.min(bands.size(), at + merge);
            table.row().time(Units.time(start(at)));
            table.number(Units.count(Arrays.stream(bands.begun(), at, end).sum()));
            for (Bands.Band band : bands.bands()) {
                table.number(Units.bytes(Arrays.stream(band.bytes(), at, end).sum()));
            }
        }
        table.end();
        out.close("details");
    }
}
