package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.CsvLine;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Cisco Umbrella's exports: DNS and proxy.
///
/// ```
/// "2024-03-12 09:09:48","user","user","10.0.0.1","192.0.2.1","Allowed","1 (A)","NOERROR","host.example.","categories",…
/// "2024-03-03 20:28:52","user","10.0.0.1","192.0.2.1","198.51.100.1","text/html","ALLOWED","https://host.example/","referrer","agent","200",…
/// ```
///
/// *Source*: Cisco Umbrella, "DNS Log Formats", "Proxy Log Formats", versions 1 to 10.
public final class Umbrella implements LineParser {

    private static final Pattern TIME =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d\\s+\\d\\d:\\d\\d:\\d\\d");
    private static final Pattern TYPE = Pattern.compile("\\d{1,5} \\((\\w{1,16})\\)");
    private static final int DNS_CELLS = 12;
    private static final int PROXY_CELLS = 15;
    private static final int METHOD = 25; // behind the columns of the first versions

    /// The parser.
    public Umbrella() {}

    @Override
    public String name() {
        return "umbrella";
    }

    @Override
    public String about() {
        return "Cisco Umbrella: DNS and proxy exports";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "\",\"Allowed\",\"", "\",\"Blocked\",\"", "\",\"ALLOWED\",\"", "\",\"BLOCKED\",\"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.text().replace("\n", "").strip(); // breaks that an export put in
        List<String> cells = CsvLine.cells(text, 0, ',');
        if (cells.size() < DNS_CELLS || !TIME.matcher(cells.getFirst()).matches()) {
            return false;
        }
        Matcher type = TYPE.matcher(cells.get(6));
        if (type.matches()) {
            dns(cells, type.group(1), out);
        } else if (cells.size() >= PROXY_CELLS
                && cells.get(6).equals(cells.get(6).toUpperCase(java.util.Locale.ROOT))) {
            proxy(cells, out);
        } else {
            return false;
        }
        line.time("ts", cells.getFirst(), out);
        return true;
    }

    private void dns(List<String> cells, String type, LogDraft out) {
        out.of(name(), "dns").device("Cisco", "Umbrella").is("network", "protocol");
        out.put("user.name", cells.get(1))
                .put("source.ip", cells.get(3))
                .put("source.nat.ip", cells.get(4));
        out.put("event.action", cells.get(5)).put("dns.question.type", type);
        out.put("dns.response_code", cells.get(7));
        out.put("event.outcome", cells.get(7).equals("NOERROR") ? "success" : "failure");
        out.put("dns.question.name", cells.get(8).replaceFirst("\\.$", ""));
        out.more("umbrella.categories", cells.get(9))
                .more("umbrella.blocked_categories", CsvLine.cell(cells, 12));
        out.put("rule.id", CsvLine.cell(cells, 13)).put("network.protocol", "dns");
    }

    private void proxy(List<String> cells, LogDraft out) {
        out.of(name(), "proxy").device("Cisco", "Umbrella").is("web", "access");
        boolean isHost = cells.get(1).indexOf(' ') < 0;
        out.put(isHost ? "host.name" : "user.name", cells.get(1));
        out.put("source.nat.ip", cells.get(2)).put("source.ip", cells.get(3));
        out.put("destination.ip", cells.get(4)).more("umbrella.content_type", cells.get(5));
        out.put("event.action", cells.get(6));
        out.put("event.outcome", cells.get(6).equals("ALLOWED") ? "success" : "failure");
        out.url(cells.get(7)).more("http.request.referrer", cells.get(8));
        out.put("destination.domain", out.text("url.domain"));
        out.put("user_agent.original", cells.get(9))
                .put("http.response.status_code", cells.get(10));
        out.put("source.bytes", cells.get(11)).put("destination.bytes", cells.get(12));
        out.put("file.hash.sha256", cells.get(14));
        out.put("http.request.method", CsvLine.cell(cells, METHOD))
                .put("network.direction", "outbound");
    }
}
