package io.hark.log.json;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Saying;
import java.util.List;

/// Windows events: JSON of winlogbeat and NXLog, lines of WinEvtLog. Logons, processes, services,
/// the cleared log; Sysmon; PowerShell's script blocks.
///
/// *Source*: Microsoft, "Audit events" by number; Sysmon, "Events"; winlogbeat's exported fields;
/// NXLog, im_msvistalog.
public final class WindowsEvents implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "@timestamp", "ts",
                    "EventTime", "ts",
                    "winlog.computer_name", "host.name",
                    "Hostname", "host.name",
                    "Computer", "host.name",
                    "message", "message",
                    "Message", "message",
                    "TargetUserName", "user.name",
                    "TargetDomainName", "user.domain",
                    "SubjectUserName", "source.user.name",
                    "IpAddress", "source.ip",
                    "IpPort", "source.port",
                    "WorkstationName", "source.domain",
                    "SourceIp", "source.ip",
                    "SourcePort", "source.port",
                    "SourceHostname", "source.domain",
                    "DestinationIp", "destination.ip",
                    "DestinationPort", "destination.port",
                    "DestinationHostname", "destination.domain",
                    "Protocol", "network.transport",
                    "QueryName", "dns.question.name",
                    "QueryResults", "dns.answers",
                    "Image", "process.name",
                    "NewProcessName", "process.name",
                    "ProcessName", "process.name",
                    "CommandLine", "process.command_line",
                    "ScriptBlockText", "process.command_line",
                    "TargetFilename", "file.path",
                    "RelativeTargetName", "file.name",
                    "ImagePath", "file.path",
                    "User", "user.name",
                    "Severity", "log.level",
                    "log.level", "log.level",
                    "Level", "log.level");

    private static final String DATA = "winlog.event_data.";
    private static final Saying LINE =
            Saying.of(
                    "{:text}WinEvtLog: {:text}: {log.level}({event.code}): {:text}: {user.name:text}: {user.domain:text}: {host.name:text}: {message:rest}",
                    "host",
                    "info",
                    "");

    /// The parser.
    public WindowsEvents() {}

    @Override
    public String name() {
        return "windows";
    }

    @Override
    public String about() {
        return "Windows events: winlogbeat, NXLog, WinEvtLog; Security, Sysmon, PowerShell";
    }

    @Override
    public List<String> signs() {
        return List.of("\"winlog\"", "\"EventID\"", "\"winlog.", "WinEvtLog: ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        int mark = line.text().lastIndexOf("WinEvtLog: ");
        if (mark >= 0) {
            String channel = line.text().substring(mark + "WinEvtLog: ".length());
            int end = channel.indexOf(": ");
            Saying.readAny(List.of(LINE), line.text().substring(mark), out);
            named(end < 0 ? "" : channel.substring(0, end), out.text("event.code"), out);
            return true;
        }
        Pairs json = line.json();
        if (json == null
                || !json.has("winlog.event_id")
                        && !json.has("EventID")
                        && !json.has("winlog.channel")) {
            return false;
        }
        Pairs flat = new Pairs();
        for (int i = 0; i < json.size(); i++) {
            String name = json.name(i);
            flat.add(name.startsWith(DATA) ? name.substring(DATA.length()) : name, json.value(i));
        }
        FIELDS.apply(flat, line, name(), out);
        String id = flat.has("EventID") ? flat.text("EventID") : flat.text("winlog.event_id");
        out.put("event.code", id).put("process.name", file(out.text("process.name")));
        named(flat.has("Channel") ? flat.text("Channel") : flat.text("winlog.channel"), id, out);
        return true;
    }

    private static String file(String path) {
        return path.substring(path.lastIndexOf('\\') + 1);
    }

    private void named(String channel, String id, LogDraft out) {
        if (channel.contains("Sysmon")) {
            out.of(name(), "sysmon");
            sysmon(id, out);
        } else if (channel.contains("PowerShell")) {
            out.of(name(), "powershell").is("process", id.equals("4104") ? "start" : "info");
        } else if (channel.equals("Security")) {
            out.of(name(), "security");
            security(id, out);
        } else {
            out.of(name(), channel.equals("System") ? "system" : "");
            boolean isCleared = id.equals("104");
            out.is(
                    isCleared || id.equals("7045") ? "configuration" : "host",
                    isCleared ? "deletion" : "info");
        }
    }

    private static void sysmon(String id, LogDraft out) {
        switch (id) {
            case "1" -> out.is("process", "start");
            case "3" -> out.is("network", "connection");
            case "5" -> out.is("process", "end");
            case "6" -> out.is("driver", "start");
            case "7" -> out.is("library", "start");
            case "8", "10", "25" -> out.is("process", "access");
            case "11", "15" -> out.is("file", "creation");
            case "12", "13", "14" -> out.is("registry", "change");
            case "22" -> out.is("network", "protocol");
            case "23", "26" -> out.is("file", "deletion");
            default -> out.is("host", "info");
        }
    }

    private static void security(String id, LogDraft out) {
        switch (id) {
            case "4624", "4648" -> login(out, "start", "success");
            case "4625", "4771", "4777" -> login(out, "start", "failure");
            case "4768", "4769", "4776" -> login(out, "start", "");
            case "4634", "4647" -> login(out, "end", "success");
            case "4672" -> out.is("iam", "admin");
            case "4688" -> out.is("process", "start");
            case "4689" -> out.is("process", "end");
            case "4720", "4722", "4738" -> out.is("iam", "user,change");
            case "4726" -> out.is("iam", "user,deletion");
            case "4728", "4732", "4756" -> out.is("iam", "group,change");
            case "4697", "4698", "4702" -> out.is("configuration", "creation");
            case "1102" -> out.is("configuration", "deletion").put("event.action", "log-cleared");
            case "5140", "5145" -> out.is("network,file", "access");
            case "5156" -> out.is("network", "connection,allowed");
            case "5157", "5152" -> out.is("network", "connection,denied");
            case "6416" -> out.is("host", "change").put("event.action", "device-attached");
            default -> out.is("host", "info");
        }
    }

    private static void login(LogDraft out, String type, String outcome) {
        out.is("authentication", type).put("event.outcome", outcome);
    }
}
