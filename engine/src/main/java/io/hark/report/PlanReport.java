package io.hark.report;

import io.hark.engagement.Engagement;
import io.hark.plan.Addition;
import io.hark.plan.AssetOutlook;
import io.hark.plan.Cell;
import io.hark.plan.Cell.Witness;
import io.hark.plan.Level;
import io.hark.plan.Place;
import io.hark.plan.Plan;
import io.hark.plan.SecretWish;
import io.hark.plan.Trouble;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The page of a plan: one file that loads nothing, as that of a case.
public final class PlanReport {

    private static final int MAX_NAME = 60;
    private static final int MAX_WITNESSES = 3; // named in one cell

    private final Plan plan;
    private final @Nullable List<Trouble> troubles;
    private final Knowledge knowledge = new Knowledge();

    private PlanReport(Plan plan, @Nullable List<Trouble> troubles) {
        this.plan = plan;
        this.troubles = troubles;
    }

    /// A part of the page.
    private record Passage(String id, String title, String amount, Consumer<Markup> content)
            implements Part {

        @Override
        public boolean isThere() {
            return true;
        }

        @Override
        public void write(Markup out) {
            content.accept(out);
        }
    }

    /// The page.
    ///
    /// @param troubles what is not as planned; null if nothing was observed
    public static String page(Plan plan, @Nullable List<Trouble> troubles) {
        return new PlanReport(plan, troubles).page();
    }

    private String page() {
        Engagement engagement = plan.engagement();
        String name = engagement.name().isEmpty() ? "the plan" : engagement.name();
        Markup out = Frame.begin(name);
        out.open("header");
        out.open("p", "class", "mast").with("b", "hark").text(" · what would be heard");
        out.close("p");
        out.open("h1").strange(name, MAX_NAME).close("h1");
        out.with("p", lead(), "class", "lead");
        out.close("header");
        Frame.parts(out, parts());
        Frame.end(
                out,
                "Seen: all that the detectors of a technique read passes a sensor and can be read."
                        + " In part: what is not encrypted, one direction, or families that decoders"
                        + " know. What is seen is not always noticed: docs/detections.md has the limits.");
        return out.toString();
    }

    private String lead() {
        Engagement engagement = plan.engagement();
        var count = plan.count();
        return "%s, %s, %s: of what is asked for, %s seen, %s in part, %s blind."
                .formatted(
                        Units.count(Place.of(engagement).size(), "place"),
                        Units.count(engagement.sensors().size(), "sensor"),
                        Units.count(plan.rows().size(), "technique"),
                        Units.count(count.getOrDefault(Level.SEEN, 0)),
                        Units.count(count.getOrDefault(Level.PART, 0)),
                        Units.count(count.getOrDefault(Level.BLIND, 0)));
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Passage(
                        "places",
                        "Who sees what",
                        Units.count(plan.places().size(), "place"),
                        this::places));
        if (troubles != null) {
            parts.add(
                    new Passage(
                            "observed",
                            "What was observed",
                            Units.count(troubles.size(), "difference"),
                            this::observed));
        }
        parts.add(
                new Passage(
                        "additions",
                        "What would help most",
                        Units.count(plan.additions().size(), "step"),
                        this::additions));
        parts.add(new Passage("secrets", "Secrets to collect beforehand", "", this::secrets));
        if (!plan.assets().isEmpty()) {
            parts.add(
                    new Passage(
                            "assets", "Assets", Units.count(plan.assets().size()), this::assets));
        }
        parts.add(
                new Passage(
                        "matrix",
                        "Technique by technique",
                        Units.count(plan.rows().size(), "technique"),
                        this::matrix));
        return parts;
    }

    private void places(Markup out) {
        Table table = new Table(out, "Places", "traffic", "seen by", "#seen", "#part", "#blind");
        for (Place place : plan.places()) {
            var count = plan.count(place);
            String sensors = String.join(", ", plan.sensors(place));
            table.row()
                    .cell(cell -> cell.strange(place.toString(), MAX_NAME))
                    .cell(cell -> named(cell, sensors))
                    .number(Units.count(count.getOrDefault(Level.SEEN, 0)))
                    .number(Units.count(count.getOrDefault(Level.PART, 0)))
                    .number(Units.count(count.getOrDefault(Level.BLIND, 0)));
        }
        table.end();
        if (!plan.beyond().isEmpty()) {
            out.with(
                    "p",
                    "No detector of this build tells "
                            + plan.beyond().stream()
                                    .map(id -> id + " " + knowledge.name(id))
                                    .collect(Collectors.joining(", "))
                            + ": not on this wire.",
                    "class",
                    "note");
        }
    }

    private static void named(Markup cell, String names) {
        if (names.isEmpty()) {
            cell.with("span", "nobody", "class", "bad");
        } else {
            cell.strange(names, MAX_NAME);
        }
    }

    private void observed(Markup out) {
        Table table = new Table(out, "Differences", "what", "of whom", "found");
        for (Trouble trouble : troubles == null ? List.<Trouble>of() : troubles) {
            table.row()
                    .text(trouble.kind().words())
                    .cell(cell -> cell.strange(trouble.subject(), MAX_NAME))
                    .text(trouble.text());
        }
        table.end();
    }

    private void additions(Markup out) {
        Table table =
                new Table(
                        out,
                        "Additions, the most for its cost first",
                        "#",
                        "addition",
                        "#cost",
                        "#blind no more",
                        "#whole instead of part");
        int step = 0;
        for (Addition one : plan.additions()) {
            step++;
            table.row()
                    .number(Units.count(step))
                    .cell(cell -> cell.strange(one.what(), MAX_NAME))
                    .number(Units.count(one.kind().cost()))
                    .number(Units.count(one.closes()))
                    .number(Units.count(one.raises()));
        }
        table.end();
    }

    private void secrets(Markup out) {
        Table table = new Table(out, "Secrets", "kind", "what", "at hand", "decoders that use it");
        for (SecretWish wish : plan.secrets()) {
            table.row()
                    .text(wish.kind().word())
                    .text(wish.kind().inWords())
                    .cell(
                            cell -> {
                                if (wish.atHand().isEmpty()) {
                                    cell.with("span", "no", "class", "lossy");
                                } else {
                                    cell.strange(String.join(", ", wish.atHand()), MAX_NAME);
                                }
                            })
                    .text(String.join(", ", wish.decoders()));
        }
        table.end();
    }

    private void assets(Markup out) {
        Table table =
                new Table(out, "Assets", "asset", "zone", "value", "#seen", "#part", "#blind");
        for (AssetOutlook one : plan.assets()) {
            table.row()
                    .cell(cell -> cell.strange(one.asset().name(), MAX_NAME))
                    .cell(cell -> cell.strange(one.zone(), MAX_NAME))
                    .text(one.asset().value().name().toLowerCase(Locale.ROOT))
                    .number(Units.count(one.count(Level.SEEN)))
                    .number(Units.count(one.count(Level.PART)))
                    .number(Units.count(one.count(Level.BLIND)));
        }
        table.end();
    }

    private void matrix(Markup out) {
        List<String> columns = new ArrayList<>(List.of("id", "technique", "tactic"));
        plan.places().forEach(place -> columns.add(place.toString()));
        Table table = new Table(out, "Matrix", columns.toArray(String[]::new));
        for (Plan.Row row : plan.rows()) {
            table.row()
                    .cell(cell -> cell.with("span", row.technique(), "class", "id"))
                    .text(knowledge.name(row.technique()))
                    .text(row.tactic().words());
            for (Place place : plan.places()) {
                Cell cell = row.cells().get(place);
                table.cell(
                        to -> {
                            if (cell != null) {
                                cell(to, cell);
                            }
                        });
            }
        }
        table.end();
    }

    private static void cell(Markup out, Cell cell) {
        String look =
                switch (cell.level()) {
                    case SEEN -> "whole";
                    case PART -> "lossy";
                    case BLIND -> "bad";
                };
        out.with("span", cell.level().word(), "class", look);
        String by =
                cell.witnesses().stream()
                        .map(Witness::detector)
                        .distinct()
                        .limit(MAX_WITNESSES)
                        .collect(Collectors.joining(", "));
        if (!by.isEmpty()) {
            out.with("span", by, "class", "sub quiet");
        }
    }
}
