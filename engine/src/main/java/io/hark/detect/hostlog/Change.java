package io.hark.detect.hostlog;

import io.hark.event.Finding.Severity;
import io.hark.event.LogEvent;
import io.hark.event.LogField;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A change of a host that its own log tells, and which intruders make.
///
/// *Source*: Microsoft, "Audit events" by number; Linux audit's record types; the kernel's messages
/// about USB.
enum Change {
    /// A service: it runs programs as the system, and on another host it is how tools run there.
    SERVICE("installed a service", Severity.LOW, "T1543.003", "T1569.002"),
    /// A task: a program that starts by the clock.
    TASK("made a scheduled task", Severity.LOW, "T1053.005"),
    /// The security log, emptied.
    CLEARED("cleared its log", Severity.MEDIUM, "T1070.001"),
    /// Auditing switched off.
    STOPPED("stopped its auditing", Severity.MEDIUM, "T1562.012"),
    /// A disk or stick.
    STORAGE("had storage plugged in", Severity.LOW, "T1052.001"),
    /// A new user.
    USER("made a user", Severity.LOW, "T1136.001"),
    /// A user who becomes an administrator.
    ADMINISTRATOR("made somebody an administrator", Severity.LOW, "T1098.007");

    /// What runs commands, and where programs lie that no installer put there.
    private static final Pattern ODD =
            Pattern.compile(
                    "(?i)%comspec%|cmd(\\.exe)?\\s+/|powershell|mshta|rundll32|regsvr32|certutil"
                            + "|\\\\\\\\127\\.|\\\\admin\\$|\\\\temp\\\\|\\\\users\\\\|\\\\programdata\\\\"
                            + "|^\"?(%systemroot%|c:\\\\windows)\\\\[a-z0-9_]{1,32}\\.exe\"?$");

    private static final int MAX_DETAIL = 200; // characters, of a text that comes from a log

    private final String deed;
    private final Severity usual;
    private final List<String> techniques;

    Change(String deed, Severity usual, String... techniques) {
        this.deed = deed;
        this.usual = usual;
        this.techniques = List.of(techniques);
    }

    /// What was done, after the host's name.
    String deed() {
        return deed;
    }

    /// How bad it is where nothing else speaks against it.
    Severity usual() {
        return usual;
    }

    List<String> techniques() {
        return techniques;
    }

    /// The change that a line tells of, or null.
    static @Nullable Change of(LogEvent line) {
        String code = line.code() == null ? "" : line.code();
        return switch (line.module()) {
            case "windows" -> ofWindows(code, line);
            case "auditd" -> ofAudit(line);
            case "kernel" ->
                    isStorage(line.message()) || line.original().contains("usb-storage")
                            ? STORAGE
                            : null;
            default -> null;
        };
    }

    private static @Nullable Change ofWindows(String code, LogEvent line) {
        return switch (code) {
            case "7045", "4697" -> SERVICE;
            case "4698", "4702" -> TASK;
            case "1102" -> CLEARED;
            case "104" -> line.dataset().endsWith(".system") ? CLEARED : null;
            case "1100" -> null; // the service stops whenever the host does
            case "4720" -> USER;
            case "4728", "4732", "4756" ->
                    detail(line).toLowerCase(Locale.ROOT).contains("admin") ? ADMINISTRATOR : null;
            case "6416" -> line.original().contains("DiskDrive") ? STORAGE : null;
            default -> null;
        };
    }

    private static @Nullable Change ofAudit(LogEvent line) {
        boolean isOff =
                line.original().contains("CONFIG_CHANGE")
                        && line.original().contains("audit_enabled=0");
        return isOff ? STOPPED : null;
    }

    private static boolean isStorage(@Nullable String message) {
        return message != null && message.contains("USB Mass Storage");
    }

    /// What was installed, made or plugged in, as far as the line says.
    static String detail(LogEvent line) {
        StringBuilder detail = new StringBuilder();
        for (LogField field : line.fields()) {
            String name = field.name().substring(field.name().lastIndexOf('.') + 1);
            switch (name) {
                case "ServiceName",
                        "TaskName",
                        "ServiceFileName",
                        "MemberName",
                        "GroupName",
                        "param1" ->
                        detail.append(field.value()).append(' ');
                default -> {}
            }
        }
        append(line.file_path(), detail);
        append(line.command(), detail);
        append(line.user(), detail);
        String text = detail.toString().strip().replaceAll("\\s+", " ");
        text = text.isEmpty() && line.message() != null ? line.message() : text;
        return text.length() > MAX_DETAIL ? text.substring(0, MAX_DETAIL) : text;
    }

    private static void append(@Nullable String part, StringBuilder to) {
        if (part != null) {
            to.append(part).append(' ');
        }
    }

    /// Whether what a service or task runs is what intruders make them run.
    static boolean isOdd(LogEvent line) {
        String path = line.file_path();
        return ODD.matcher(detail(line)).find() || path != null && ODD.matcher(path).find();
    }
}
