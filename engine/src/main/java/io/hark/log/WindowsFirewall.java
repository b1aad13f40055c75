package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;

/// Windows Firewall's `pfirewall.log`.
///
/// *Source*: Microsoft, Interpreting the Windows Firewall Log: date, time, action, protocol,
/// addresses, ports, size, TCP flags, sequence, acknowledgement, window, ICMP type and code, info,
/// path, and in later versions the process.
public final class WindowsFirewall implements LineParser {

    private static final int PATH = 16;
    private static final int LEAST = 16;

    /// The parser.
    public WindowsFirewall() {}

    @Override
    public String name() {
        return "windows_firewall";
    }

    @Override
    public String about() {
        return "Windows Firewall (pfirewall.log)";
    }

    @Override
    public List<String> signs() {
        return List.of(
                " ALLOW ",
                " DROP ",
                " OPEN ",
                " CLOSE ",
                " INFO-EVENTS-LOST ",
                "#Software: Microsoft Windows Firewall");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        out.of(name(), "").device("Microsoft", "Windows Firewall");
        if (line.text().startsWith("#")) {
            out.is("network", "info").put("message", line.text().substring(1));
            return true;
        }
        String[] cells = line.text().split(" ");
        if (cells.length < LEAST
                || !cells[0].matches("\\d{4}-\\d\\d-\\d\\d")
                || !cells[2].matches("[A-Z-]{4,16}")) {
            return false;
        }
        line.time("ts", cells[0] + " " + cells[1], out);
        out.put("event.action", cells[2].toLowerCase(Locale.ROOT));
        out.put("network.transport", Transports.name(cells[3]));
        out.put("source.ip", cells[4]).put("destination.ip", cells[5]);
        out.put("source.port", cells[6]).put("destination.port", cells[7]);
        out.put("network.bytes", cells[8]);
        String path = cells.length > PATH ? cells[PATH] : "";
        out.put(
                "network.direction",
                path.equals("RECEIVE") ? "inbound" : path.equals("SEND") ? "outbound" : "");
        boolean isDenied = cells[2].equals("DROP");
        out.is("network", isDenied ? "connection,denied" : "connection,allowed");
        return true;
    }
}
