package io.hark.cli;

import io.hark.lake.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark query`: SQL over what a case or a lake holds.
@Command(
        name = "query",
        header = "Answers SQL over the events of a case.",
        description = {
            "One table for every kind of event that has rows: conn, dns, http, finding and so on. Without SQL it says"
                    + " which there are and what their columns mean. Only reads. Column names with a dot stand in"
                    + " double quotes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark query case                                what is there",
            "  hark query case 'SELECT severity, title, why FROM finding'",
            "  hark query case 'SELECT \"id.resp_h\", sum(resp_bytes) FROM conn GROUP BY ALL ORDER BY 2 DESC'",
            "  hark query case 'SELECT * FROM dns' | jq .query"
        })
final class QueryCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "SQL", description = "One SELECT.")
    private @Nullable String sql;

    @Option(names = "--json", description = "JSON even on a terminal: one line a row.")
    private boolean json;

    QueryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Query.Format form = json || !terminal.isOutShown() ? Query.Format.JSON : Query.Format.TABLE;
        try (Query query = Query.open(dir)) {
            if (sql == null) {
                query.describe(terminal.out(), form);
            } else {
                query.run(sql, terminal.out(), form);
            }
        }
        terminal.out().flush();
        return Main.DONE;
    }
}
