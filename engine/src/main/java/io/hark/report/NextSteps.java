package io.hark.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Collectors;

/// What else the case holds, and commands that ask it.
///
/// @param matter what the page is about
record NextSteps(Matter matter) implements Part {

    private static final int MAX_KINDS = 20;

    @Override
    public String id() {
        return "next";
    }

    @Override
    public String title() {
        return "What next";
    }

    @Override
    public String amount() {
        return "";
    }

    @Override
    public boolean isThere() {
        return true;
    }

    @Override
    public void write(Markup out) {
        if (!matter.outcome().kinds().isEmpty()) {
            out.open("p").text("The case holds ");
            out.text(
                    matter.outcome().kinds().entrySet().stream()
                            .sorted(
                                    Entry.<String, Long>comparingByValue()
                                            .reversed()
                                            .thenComparing(Entry.comparingByKey()))
                            .limit(MAX_KINDS)
                            .map(e -> Units.count(e.getValue()) + " " + e.getKey())
                            .collect(Collectors.joining(", ")));
            out.text(
                    ". Commands name it as it was named when it was made; where it was moved, name"
                            + " its new place.");
            out.close("p");
        }
        commands().forEach(command -> FindingCards.command(out, command));
    }

    private List<String> commands() {
        List<String> commands = new ArrayList<>();
        if (matter.options().store() && !matter.outcome().kinds().isEmpty()) {
            commands.add(matter.command("query", ""));
            commands.add(
                    matter.command(
                            "query",
                            "'SELECT * FROM conn WHERE \"id.orig_h\" = '\\''ADDRESS'\\'' ORDER BY"
                                    + " ts'"));
        }
        if (!matter.summary().closed().isEmpty()) {
            commands.add(matter.command("decode --late", "--keys KEYFILE"));
        }
        if (commands.isEmpty()) {
            commands.add("hark analyze INPUT --out DIR");
        }
        return commands;
    }
}
