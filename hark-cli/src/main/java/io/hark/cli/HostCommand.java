package io.hark.cli;

import io.hark.UserError;
import io.hark.lake.JsonLine;
import io.hark.lake.Query;
import io.hark.report.Units;
import io.hark.schema.Addr;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `hark host`: all that a case knows of one host.
@Command(
        name = "host",
        header = "Tells one host's day: names, services, peers, programs, files, findings.",
        description = {
            "Everything that a case knows of an address, most telling first. Behind a pipe, one JSON object with a list"
                    + " for each part."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  hark host case 10.0.0.5",
            "  hark host case 10.0.0.5 | jq '.talked_to[] | select(.up > 1e6)'"
        })
final class HostCommand implements Callable<Integer> {

    private static final Set<String> BYTES = Set.of("up", "down", "size");
    private static final Set<String> TIMES = Set.of("first", "last");
    private static final List<String> GIVE_WAY = // the first to be cut first
            List.of(
                    "answers",
                    "for",
                    "filename",
                    "user_agent",
                    "services",
                    "title",
                    "service",
                    "ja3",
                    "type",
                    "name");
    private static final String DAY = "2026-11-21";
    private static final int INDENT = 2;
    private static final int BAR = 20; // columns of the longest bar

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "A case.")
    private Path dir = Path.of("");

    @Parameters(index = "1", paramLabel = "IP", description = "The host's address.")
    private String host = "";

    private boolean oneDay;

    @Option(names = "--json", description = "JSON even on a terminal.")
    private boolean json;

    HostCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Addr addr = Addr.parse(host);
        if (addr == null) {
            throw new UserError(
                    "'"
                            + host
                            + "' is no address; 'hark search "
                            + dir
                            + " name:"
                            + host
                            + "' finds who had a name");
        }
        String asked = addr.toString();
        Map<HostSections, List<Map<String, @Nullable Object>>> told = new LinkedHashMap<>();
        Map<String, @Nullable Object> whole;
        try (Query query = Query.open(dir)) {
            query.troubles().forEach(terminal::complain);
            whole = whole(query, asked);
            for (HostSections section : HostSections.ALL) {
                if (query.tables().contains(section.table())) {
                    told.put(section, query.rows(section.sql(), section.parameters(asked)));
                }
            }
        }
        if (told.values().stream().allMatch(List::isEmpty)) {
            throw new UserError("nothing in " + dir + " is about " + asked);
        }
        if (json || !terminal.isOutShown()) {
            json(asked, whole, told);
        } else {
            page(asked, whole, told);
        }
        terminal.out().flush();
        return Main.DONE;
    }

    private static Map<String, @Nullable Object> whole(Query query, String asked) {
        if (!query.tables().contains("conn")) {
            return Map.of();
        }
        return query.rows(
                        """
                        SELECT min(ts) AS first, max(ts + to_microseconds(CAST(coalesce(duration, 0) * 1e6 AS BIGINT))) AS last,
                        count(*) FILTER ("id.orig_h" = ?) AS called, count(*) FILTER ("id.resp_h" = ?) AS was_called,
                        max(CASE WHEN "id.orig_h" = ? THEN orig_l2_addr ELSE resp_l2_addr END) AS mac,
                        count(DISTINCT CASE WHEN "id.orig_h" = ? THEN orig_l2_addr ELSE resp_l2_addr END) AS macs
                        FROM conn WHERE "id.orig_h" = ? OR "id.resp_h" = ?
                        """,
                        asked,
                        asked,
                        asked,
                        asked,
                        asked,
                        asked)
                .getFirst();
    }

    private void json(
            String asked,
            Map<String, @Nullable Object> whole,
            Map<HostSections, List<Map<String, @Nullable Object>>> told) {
        Map<String, @Nullable Object> all = new LinkedHashMap<>();
        all.put("host", asked);
        all.putAll(whole);
        told.forEach(
                (section, rows) ->
                        all.put(
                                section.word(),
                                rows.subList(0, Math.min(rows.size(), section.most()))));
        terminal.out().println(JsonLine.of(all));
    }

    private void page(
            String asked,
            Map<String, @Nullable Object> whole,
            Map<HostSections, List<Map<String, @Nullable Object>>> told) {
        Page page = new Page(terminal.columns(), terminal.isColoured());
        page.whole(0, Page.Look.STRONG, asked);
        oneDay = day(whole.get("first")).equals(day(whole.get("last")));
        if (whole.get("first") != null) {
            page.text(
                    INDENT,
                    Page.Look.PLAIN,
                    "seen from %s to %s UTC; called %s, was called %s%s"
                            .formatted(
                                    time(whole.get("first")),
                                    time(whole.get("last")),
                                    times(whole.get("called")),
                                    times(whole.get("was_called")),
                                    mac(whole)));
        }
        for (Map.Entry<HostSections, List<Map<String, @Nullable Object>>> one : told.entrySet()) {
            section(page, one.getKey(), one.getValue());
        }
        page.heading("NEXT", "");
        String there = NextSteps.quoted(dir.toString());
        page.whole(
                INDENT,
                Page.Look.CYAN,
                NextSteps.quoted(terminal.command()) + " search " + there + " ip:" + asked);
        terminal.out().print(page.append("\n"));
    }

    private static String mac(Map<String, @Nullable Object> whole) {
        Object mac = whole.get("mac");
        if (mac == null) {
            return "";
        }
        boolean several = whole.get("macs") instanceof Number n && n.longValue() > 1;
        return several ? "; several hardware addresses" : "; hardware address " + mac;
    }

    private void section(
            Page page, HostSections section, List<Map<String, @Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        boolean more = rows.size() > section.most();
        List<Map<String, @Nullable Object>> shown = rows;
        if (more) {
            shown = rows.subList(0, section.most());
        }
        page.heading(
                section.title(),
                section.remark() + (more ? "; " + section.most() + " of more" : ""));
        List<String> names = new ArrayList<>(shown.getFirst().keySet());
        boolean byHour = names.getFirst().equals("hour");
        List<List<String>> table = new ArrayList<>();
        table.add(head(names, byHour));
        double most = shown.stream().mapToDouble(HostCommand::busy).max().orElse(0);
        List<Integer> right = new ArrayList<>();
        for (Map<String, @Nullable Object> row : shown) {
            List<String> cells = new ArrayList<>();
            for (String name : names) {
                cells.add(cell(name, row.get(name)));
                if (row.get(name) instanceof Number) {
                    right.add(names.indexOf(name));
                }
            }
            if (byHour) {
                cells.add("█".repeat((int) Math.ceil(BAR * busy(row) / Math.max(1, most))));
            }
            table.add(cells);
        }
        page.table(
                INDENT,
                table,
                right.stream().distinct().toList(),
                GIVE_WAY.stream().mapToInt(names::indexOf).filter(at -> at >= 0).toArray());
    }

    private static List<String> head(List<String> names, boolean byHour) {
        List<String> head = new ArrayList<>(names);
        if (byHour) {
            head.add("bytes");
        }
        return head;
    }

    private static double busy(Map<String, @Nullable Object> row) {
        return row.get("up") instanceof Number up && row.get("down") instanceof Number down
                ? up.doubleValue() + down.doubleValue()
                : 0;
    }

    private String cell(String name, @Nullable Object value) {
        if (value == null) {
            return "-";
        } else if (BYTES.contains(name) && value instanceof Number bytes) {
            return Units.bytes(bytes.longValue());
        } else if (TIMES.contains(name)) {
            String time = time(value);
            return oneDay ? time.substring(Math.min(time.length(), DAY.length() + 1)) : time;
        }
        return value instanceof Number n && !name.equals("port") ? count(n) : String.valueOf(value);
    }

    private static String count(@Nullable Object value) {
        return value instanceof Number n ? Units.count(n.longValue()) : "0";
    }

    private static String times(@Nullable Object value) {
        return Units.count(value instanceof Number n ? n.longValue() : 0, "time");
    }

    private static String day(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.substring(0, Math.min(text.length(), DAY.length()));
    }

    /// `2026-11-21T20:04:13.064867676Z` as people read it.
    private static String time(@Nullable Object value) {
        String text = String.valueOf(value).replace('T', ' ');
        int end = "2026-11-21 20:04:13".length();
        return text.length() > end ? text.substring(0, end) : text;
    }
}
