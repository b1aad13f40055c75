package io.hark.cli;

import io.hark.UserError;
import io.hark.config.Amounts;
import io.hark.lake.Limits;
import io.hark.lake.Query;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark query`: SQL over what a case or a lake holds.
@Command(
        name = "query",
        header = "Answers SQL over the events of a case.",
        description = {
            "One table for every kind of event that has rows: conn, dns, http, finding and so on. Without SQL it says"
                    + " which there are and what their columns mean. Only reads, and nothing but the case. Column"
                    + " names with a dot stand in double quotes."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark query case                                what is there",
            "  hark query case 'SELECT severity, title, why FROM finding'",
            "  hark query case 'SELECT \"id.resp_h\", sum(resp_bytes) FROM conn GROUP BY ALL ORDER BY 2 DESC'",
            "  hark query case 'SELECT * FROM dns' | jq .query",
            "  hark query case 'SELECT * FROM conn' --csv > conn.csv",
            "  hark query case 'SELECT * FROM conn' -o conn.parquet"
        })
final class QueryCommand implements Callable<Integer> {

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Parameters(index = "1", arity = "0..1", paramLabel = "SQL", description = "One SELECT.")
    private @Nullable String sql;

    @ArgGroup private Form form = new Form();

    @Option(
            names = "--max-time",
            paramLabel = "TIME",
            defaultValue = "10m",
            description = "Stop a statement after so long (${DEFAULT-VALUE}).")
    private String maxTime = "";

    @Option(
            names = "--max-memory",
            paramLabel = "BYTES",
            defaultValue = "2GB",
            description =
                    "How much memory a statement may take (${DEFAULT-VALUE}); what outgrows it goes to temporary files.")
    private String maxMemory = "";

    /// What is written where; at most one.
    private static final class Form {
        @Option(names = "--json", description = "JSON even on a terminal: one line a row.")
        private boolean json;

        @Option(
                names = "--csv",
                description = "Comma-separated values that spreadsheets do not obey.")
        private boolean csv;

        @Option(
                names = {"-o", "--output"},
                paramLabel = "FILE",
                description = "A Parquet file of the rows, replaced if it is there.")
        private @Nullable Path file;
    }

    QueryCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Limits limits =
                new Limits(
                        Amounts.bytes("--max-memory", maxMemory),
                        Limits.USUAL.spill(),
                        Amounts.duration("--max-time", maxTime));
        if (form.file != null && sql == null) {
            throw new UserError("-o takes the rows of a statement: name one");
        }
        try (Query query = Query.open(dir, limits, form.file);
                Leash leash = new Leash(limits, terminal)) {
            leash.hold();
            if (sql == null) {
                query.describe(terminal.out(), format());
            } else if (form.file != null) {
                query.save(sql, form.file);
            } else {
                query.run(sql, terminal.out(), format());
            }
        }
        terminal.out().flush();
        return Main.DONE;
    }

    private Query.Format format() {
        if (form.csv) {
            return Query.Format.CSV;
        }
        return form.json || !terminal.isOutShown() ? Query.Format.JSON : Query.Format.TABLE;
    }
}
