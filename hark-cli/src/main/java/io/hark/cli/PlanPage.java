package io.hark.cli;

import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Sensor;
import io.hark.incident.Tactic;
import io.hark.plan.Addition;
import io.hark.plan.AssetOutlook;
import io.hark.plan.Cell;
import io.hark.plan.Level;
import io.hark.plan.Place;
import io.hark.plan.Plan;
import io.hark.plan.SecretWish;
import io.hark.plan.Trouble;
import io.hark.report.Knowledge;
import io.hark.report.Units;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A plan for a person at a terminal.
final class PlanPage {

    private static final int INDENT = 2;
    private static final int NAME_ROOM = 34; // columns of id and name before the marks
    private static final int MARK_ROOM = 4; // columns of one place
    private static final int MIN_PLACES = 4; // of one table
    private static final int MAX_TROUBLES = 40;

    private final Page page;
    private final Plan plan;
    private final @Nullable List<Trouble> troubles;
    private final Knowledge knowledge = new Knowledge();

    PlanPage(Terminal terminal, Plan plan, @Nullable List<Trouble> troubles) {
        this.page = new Page(terminal.columns(), terminal.isColoured());
        this.plan = plan;
        this.troubles = troubles;
    }

    String text() {
        head();
        places();
        observed();
        additions();
        secrets();
        assets();
        matrix();
        return page.toString();
    }

    private void head() {
        Engagement engagement = plan.engagement();
        page.whole(0, Page.Look.STRONG, engagement.name().isEmpty() ? "plan" : engagement.name());
        var count = plan.count();
        page.text(
                INDENT,
                Page.Look.PLAIN,
                "%s, %s, %s, %s; of what is asked for, %s seen, %s in part, %s blind"
                        .formatted(
                                Units.count(engagement.zones().size(), "zone"),
                                Units.count(engagement.sensors().size(), "sensor"),
                                Units.count(engagement.logs().size(), "log source"),
                                Units.count(plan.rows().size(), "technique"),
                                Units.count(count.getOrDefault(Level.SEEN, 0)),
                                Units.count(count.getOrDefault(Level.PART, 0)),
                                Units.count(count.getOrDefault(Level.BLIND, 0))));
    }

    private void places() {
        page.heading("WHO SEES WHAT", "how many techniques, by their traffic");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "traffic", "seen by", "seen", "part", "blind"));
        int number = 0;
        for (Place place : plan.places()) {
            number++;
            var count = plan.count(place);
            String sensors = String.join(", ", plan.sensors(place));
            rows.add(
                    List.of(
                            Integer.toString(number),
                            place.toString(),
                            sensors.isEmpty() ? "nobody" : sensors,
                            Units.count(count.getOrDefault(Level.SEEN, 0)),
                            Units.count(count.getOrDefault(Level.PART, 0)),
                            Units.count(count.getOrDefault(Level.BLIND, 0))));
        }
        page.table(INDENT, rows, List.of(0, 3, 4, 5), 2, 1);
        for (Sensor sensor : plan.engagement().sensors()) {
            if (sensor.zones().isEmpty() && sensor.sees().isEmpty()) {
                page.text(
                        INDENT,
                        Page.Look.YELLOW,
                        sensor.name() + " is declared to see nothing: give it zones, or sees");
            }
        }
    }

    private void observed() {
        if (troubles == null) {
            return;
        }
        page.heading(
                "OBSERVED",
                troubles.isEmpty()
                        ? "all is as planned"
                        : "what is not as planned, the worst first");
        for (Trouble trouble : troubles.stream().limit(MAX_TROUBLES).toList()) {
            page.labelled(
                    INDENT,
                    Page.Look.YELLOW,
                    trouble.kind().words() + "  ",
                    Page.Look.PLAIN,
                    trouble.subject() + ": " + trouble.text());
        }
        if (troubles.size() > MAX_TROUBLES) {
            page.text(
                    INDENT,
                    Page.Look.FAINT,
                    Units.count(troubles.size() - MAX_TROUBLES) + " more; --json has all");
        }
    }

    private void additions() {
        if (plan.additions().isEmpty()) {
            return;
        }
        page.heading("ADD", "the most for its cost first");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("", "what", "cost", "blind no more", "whole, not part"));
        int step = 0;
        for (Addition one : plan.additions()) {
            step++;
            rows.add(
                    List.of(
                            Integer.toString(step),
                            one.what(),
                            Integer.toString(one.kind().cost()),
                            Units.count(one.closes()),
                            Units.count(one.raises())));
        }
        page.table(INDENT, rows, List.of(0, 2, 3, 4), 1);
    }

    private void secrets() {
        page.heading("SECRETS", "to collect before it begins: many are gone with the session");
        int room =
                2 + plan.secrets().stream().mapToInt(w -> w.kind().word().length()).max().orElse(0);
        for (SecretWish wish : plan.secrets()) {
            String have =
                    wish.atHand().isEmpty() ? "" : "; at hand: " + String.join(", ", wish.atHand());
            String who =
                    wish.decoders().isEmpty() ? "" : "; for " + String.join(", ", wish.decoders());
            page.labelled(
                    INDENT,
                    wish.atHand().isEmpty() ? Page.Look.YELLOW : Page.Look.GREEN,
                    wish.kind().word() + " ".repeat(room - wish.kind().word().length()),
                    Page.Look.PLAIN,
                    wish.kind().inWords() + who + have);
        }
    }

    private void assets() {
        if (plan.assets().isEmpty()) {
            return;
        }
        page.heading("ASSETS", "how many techniques would be seen of each");
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("asset", "zone", "value", "seen", "part", "blind", "nobody sees"));
        for (AssetOutlook one : plan.assets()) {
            String unseen =
                    plan.places().stream()
                            .filter(place -> place.touches(one.zone()))
                            .filter(place -> plan.sensors(place).isEmpty())
                            .map(Place::toString)
                            .collect(Collectors.joining(", "));
            rows.add(
                    List.of(
                            one.asset().name(),
                            one.zone().equals(Engagement.OUTSIDE) ? "none" : one.zone(),
                            one.asset().value().name().toLowerCase(Locale.ROOT),
                            Units.count(one.count(Level.SEEN)),
                            Units.count(one.count(Level.PART)),
                            Units.count(one.count(Level.BLIND)),
                            unseen));
        }
        page.table(INDENT, rows, List.of(3, 4, 5), 6, 0);
    }

    private void matrix() {
        int most = Math.max(MIN_PLACES, (page.columns() - NAME_ROOM) / MARK_ROOM);
        for (int from = 0; from < plan.places().size(); from += most) {
            matrix(from, Math.min(plan.places().size(), from + most));
        }
        if (!plan.beyond().isEmpty()) {
            page.heading("BEYOND", "of Engage's techniques, what no detector of this build tells");
            for (String id : plan.beyond()) {
                page.labelled(
                        INDENT,
                        Page.Look.PLAIN,
                        id + "  ",
                        Page.Look.PLAIN,
                        knowledge.name(id) + ": not on this wire");
            }
        }
    }

    private void matrix(int from, int to) {
        page.heading("MATRIX", "+ seen, ~ in part, ! blind; traffic by its number");
        List<List<String>> rows = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("id", "technique"));
        List<Integer> right = new ArrayList<>();
        for (int i = from; i < to; i++) {
            head.add(Integer.toString(i + 1));
            right.add(i - from + 2);
        }
        rows.add(head);
        Tactic tactic = null;
        for (Plan.Row row : plan.rows()) {
            if (row.tactic() != tactic) {
                tactic = row.tactic();
                List<String> title =
                        new ArrayList<>(List.of("", tactic.words().toUpperCase(Locale.ROOT)));
                title.addAll(Collections.nCopies(to - from, ""));
                rows.add(title);
            }
            List<String> cells =
                    new ArrayList<>(List.of(row.technique(), knowledge.name(row.technique())));
            for (int i = from; i < to; i++) {
                cells.add(mark(row.cells().get(plan.places().get(i))));
            }
            rows.add(cells);
        }
        page.table(INDENT, rows, right, 1);
    }

    private static String mark(@Nullable Cell cell) {
        if (cell == null) {
            return "";
        }
        return switch (cell.level()) {
            case SEEN -> "+";
            case PART -> "~";
            case BLIND -> "!";
        };
    }
}
