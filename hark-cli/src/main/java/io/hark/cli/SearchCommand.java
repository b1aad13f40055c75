package io.hark.cli;

import io.hark.UserError;
import io.hark.bytes.Csv;
import io.hark.lake.Query;
import io.hark.lake.Search;
import io.hark.lake.Search.Found;
import io.hark.lake.Search.Hit;
import io.hark.report.Units;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark search`: `field:value …` over all kinds of events at once.
@Command(
        name = "search",
        header = "Finds events of any kind by their fields.",
        description = {
            "Terms stand beside each other: all must be true. OR, NOT (or -) and brackets combine them. A value may have"
                    + " * and ?, a network, >, >=, <, <= and a..b, sizes (10MB) and times (2h); field:* means that it"
                    + " is there. A word without a field is looked for in every text. Fields are the columns of 'hark"
                    + " query DIR', with or without 'id.', and ip, src, dst, port, sport, dport, name, url, ua, hash,"
                    + " mac, bytes; kind:dns takes one kind; since: and until: take a time, or -2h before the end."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark search case 'query:*.ru'                        names that were asked for",
            "  hark search case 'ip:10.0.0.0/8 dport:443 resp_bytes:>10MB'",
            "  hark search case 'kind:http method:POST -status_code:200'",
            "  hark search case 'name:*evil* OR hash:d41d8cd98f00b204e9800998ecf8427e'",
            "  hark search case '\"cmd.exe\" since:-2h' --csv > hits.csv"
        })
final class SearchCommand implements Callable<Integer> {

    private static final int USUAL_SHOWN = 100; // more is no answer on a screen
    private static final int USUAL_WRITTEN = 100_000;
    private static final int MOST = 1_000_000; // they are sorted in memory

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "SEARCH",
            description = "What to look for; several arguments are one search.")
    private List<String> words = List.of();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "The most hits: the first by time. 100 on a terminal, else 100,000 by default.")
    private int limit;

    @Option(names = "--json", description = "JSON even on a terminal: one line a hit.")
    private boolean json;

    @Option(names = "--csv", description = "Comma-separated values that spreadsheets do not obey.")
    private boolean csv;

    SearchCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean asTable = terminal.isOutShown() && !json && !csv;
        if (json && csv) {
            throw new UserError("--json or --csv, not both");
        }
        if (limit < 0 || limit > MOST) {
            throw new UserError("--limit takes 1 to " + Units.count(MOST));
        }
        int most = limit > 0 ? limit : asTable ? USUAL_SHOWN : USUAL_WRITTEN;
        try (Query query = Query.open(dir)) {
            query.troubles().forEach(terminal::complain);
            Found found = new Search(query).find(String.join(" ", words), most);
            if (asTable) {
                table(found);
            } else if (csv) {
                csv(found);
            } else {
                found.hits().forEach(hit -> terminal.out().println(hit.json()));
            }
            if (found.isMore()) {
                terminal.complain(
                        "these are the first " + Units.count(most) + "; --limit N takes more");
            }
        }
        terminal.out().flush();
        return Main.DONE;
    }

    private static final List<String> HEAD = List.of("time", "kind", "uid", "from", "to", "what");

    private static List<String> cells(Hit hit, String time) {
        return List.of(
                time, hit.kind(), hit.text("uid"), Gist.from(hit), Gist.to(hit), Gist.of(hit));
    }

    private void table(Found found) {
        if (found.hits().isEmpty()) {
            terminal.out().println("no event is like that");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        rows.add(HEAD);
        found.hits().forEach(hit -> rows.add(cells(hit, Units.time(hit.ts()))));
        terminal.out()
                .print(
                        new Page(terminal.columns(), terminal.isColoured())
                                .table(0, rows, List.of(), HEAD.size() - 1, HEAD.indexOf("uid")));
    }

    private void csv(Found found) {
        terminal.out().print(Csv.line(HEAD));
        found.hits().forEach(hit -> terminal.out().print(Csv.line(cells(hit, hit.text("ts")))));
    }
}
