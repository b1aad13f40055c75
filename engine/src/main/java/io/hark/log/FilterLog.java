package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.CsvLine;
import io.hark.format.log.LogLine;
import io.hark.schema.Addr;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The packet filter of pfSense and OPNsense: `filterlog`, comma-separated.
///
/// *Source*: Netgate, pfSense documentation, Raw Filter Log Format. Behind the version of IP come
/// other cells in IPv4 than in IPv6, up to transport, length and the two addresses.
public final class FilterLog implements LineParser {

    private static final Set<String> ACTIONS =
            Set.of("pass", "block", "reject", "match", "nat", "rdr");
    private static final int ACTION = 6;
    private static final int DIRECTION = 7;
    private static final int VERSION = 8;

    /// The parser.
    public FilterLog() {}

    @Override
    public String name() {
        return "pf";
    }

    @Override
    public String about() {
        return "packet filter of pfSense and OPNsense (filterlog)";
    }

    @Override
    public List<String> signs() {
        return List.of(",match,", ",in,4,", ",in,6,", ",out,4,", ",out,6,");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        List<String> cells = CsvLine.cells(line.body().strip(), 0, ',');
        if (cells.size() < VERSION + 8 || !ACTIONS.contains(cells.get(ACTION))) {
            return false;
        }
        int source = VERSION + 1;
        while (source + 1 < cells.size()
                && (Addr.parse(cells.get(source)) == null
                        || Addr.parse(cells.get(source + 1)) == null)) {
            source++;
        }
        if (source + 1 >= cells.size()) {
            return false;
        }
        out.of(name(), "filterlog").device("pf", "pf");
        out.put("rule.id", cells.get(0)).put("rule.name", cells.get(3));
        String action = cells.get(ACTION);
        boolean isIn = cells.get(DIRECTION).equals("in");
        out.put("event.action", action);
        out.put("network.direction", isIn ? "inbound" : "outbound");
        out.put(
                isIn ? "observer.ingress.interface.name" : "observer.egress.interface.name",
                cells.get(4));
        out.put("event.reason", cells.get(5));
        out.put("source.ip", cells.get(source)).put("destination.ip", cells.get(source + 1));
        out.put("network.bytes", cells.get(source - 1));
        String told = cells.get(source - 2);
        boolean isNumber = told.chars().allMatch(Character::isDigit);
        String transport =
                isNumber ? cells.get(source - 3) : told; // the number stands on either side
        out.put("network.transport", transport.toLowerCase(Locale.ROOT));
        if (out.text("network.transport").equals("tcp")
                || out.text("network.transport").equals("udp")) {
            out.put("source.port", CsvLine.cell(cells, source + 2));
            out.put("destination.port", CsvLine.cell(cells, source + 3));
        }
        out.is("network", action.equals("block") || action.equals("reject") ? "denied" : "allowed");
        return true;
    }
}
