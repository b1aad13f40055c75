package io.hark.detect.windows;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.DceRpc;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding.Severity;
import io.hark.event.Http;
import io.hark.event.SmbFile;
import io.hark.event.SmbMapping;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds hosts that run something on another one by the means of Windows itself: services,
/// scheduled tasks, WMI, DCOM objects, WinRM, programs copied to administrators' shares.
///
/// *What counts* is what one host does at another ([#ACTS]) within an hour. Every act is worth its
/// own severity; what makes it worse: a service that was made, started and deleted (a command line
/// in the guise of a service: PsExec, smbexec and their kin) and a program written to a share of a
/// host where the administrators' shares were opened and something was run are high.
///
/// *What it needs*: the operations of DCE-RPC, which stay readable when the arguments are sealed;
/// names of shares and files in SMB. *What it cannot see*: calls within SMB 3 encryption, what the
/// command was, and who means well: an administrator's tools do the same. *Source*: the operations
/// are named in MS-SCMR, MS-TSCH, MS-WMI, MS-DCOM; the idea of pairing writes with execution is
/// BZAR's.
public final class RemoteExecution implements PairDetector {

    private static final String NAME = "remote-execution";

    private static final String SHARE = "share ";
    private static final String FILE = "file on ";
    private static final String PROGRAM = "program written";
    private static final String TOOL = "tool ";
    private static final String WINRM = "winrm";

    /// Names that remote execution tools leave, by their defaults.
    private static final Pattern TOOLS =
            Pattern.compile(
                    "(?i)(psexesvc|paexec|csexec|remcom|winexesvc)[^/\\\\]*$"
                            + "|__\\d{9,11}(\\.\\d+)?$");

    private static final Pattern ADMIN_SHARE = Pattern.compile("(?i).*\\\\(admin|[a-z])\\$$");

    static final List<Act> ACTS =
            List.of(
                    Act.of(TOOL, "leaves a file named as such tools do", HIGH, "T1569.002"),
                    Act.of("svcctl CreateService", "makes a service", MEDIUM, "T1569.002"),
                    Act.of("svcctl CreateWowService", "makes a service", MEDIUM, "T1569.002"),
                    Act.of("svcctl StartService", "starts a service", MEDIUM, "T1569.002"),
                    Act.of("svcctl ChangeServiceConfig", "changes a service", MEDIUM, "T1543.003"),
                    Act.of("svcctl DeleteService", "deletes a service", LOW, "T1569.002"),
                    Act.of("svcctl ControlService", "stops or signals a service", LOW, "T1489"),
                    Act.of("svcctl OpenSCManager", "opens the service manager", MEDIUM, "T1007"),
                    Act.of("svcctl EnumServicesStatus", "lists services", MEDIUM, "T1007"),
                    Act.of("svcctl Query", "asks about a service", LOW, "T1007"),
                    Act.of(
                            "ITaskSchedulerService SchRpcRegisterTask",
                            "sets a task",
                            MEDIUM,
                            "T1053.005"),
                    Act.of("ITaskSchedulerService SchRpcRun", "runs a task", MEDIUM, "T1053.005"),
                    Act.of(
                            "ITaskSchedulerService SchRpcDelete",
                            "deletes a task",
                            LOW,
                            "T1053.005"),
                    Act.of("ITaskSchedulerService SchRpc", "asks about tasks", LOW, "T1053.005"),
                    Act.of("atsvc NetrJobAdd", "sets a task", MEDIUM, "T1053.002"),
                    Act.of("IWbemServices ExecMethod", "runs a method by WMI", MEDIUM, "T1047"),
                    Act.of(
                            "IWbemServices PutInstance",
                            "writes an object of WMI",
                            MEDIUM,
                            "T1047",
                            "T1546.003"),
                    Act.of(
                            "IWbemServices PutClass",
                            "writes a class of WMI",
                            MEDIUM,
                            "T1047",
                            "T1546.003"),
                    Act.of("IWbemServices ExecQuery", "asks by WMI", LOW, "T1047"),
                    Act.of("IWbemServices GetObject", "asks by WMI", LOW, "T1047"),
                    Act.of("IWbemLevel1Login NTLMLogin", "opens WMI", LOW, "T1047"),
                    Act.of(
                            "IDispatch ",
                            "calls a DCOM object by name of its methods",
                            MEDIUM,
                            "T1021.003"),
                    Act.of("IClassFactory ", "makes DCOM objects", MEDIUM, "T1021.003"),
                    Act.of(
                            "unknown-00000001-0000-0000-c000-000000000046",
                            "makes DCOM objects",
                            MEDIUM,
                            "T1021.003"),
                    Act.of(
                            "ISystemActivator RemoteGetClassObject",
                            "activates a class by DCOM",
                            LOW,
                            "T1021.003"),
                    Act.of(
                            "ISystemActivator RemoteCreateInstance",
                            "activates an object by DCOM",
                            LOW,
                            "T1021.003"),
                    Act.of(WINRM, "runs commands by WinRM", MEDIUM, "T1021.006"),
                    Act.of("winreg BaseRegSetValue", "writes to the registry", MEDIUM, "T1112"),
                    Act.of(PROGRAM, "writes a program to a share", LOW, "T1570"),
                    Act.of(SHARE, "opens an administrators' share", LOW, "T1021.002"),
                    Act.of(FILE, "opens files on an administrators' share", LOW, "T1021.002"));

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String about() {
        return "programs run on other hosts by services, tasks, WMI, DCOM, WinRM and shares";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(DceRpc.class, SmbMapping.class, SmbFile.class, FileSeen.class, Http.class);
    }

    @Override
    public @Nullable String what(Event input) {
        String what =
                switch (input) {
                    case DceRpc call -> Calls.name(call);
                    case SmbMapping mapping -> share(mapping.path(), SHARE);
                    case SmbFile file ->
                            TOOLS.matcher(file.name()).find()
                                    ? TOOL + file.name()
                                    : share(file.path(), FILE);
                    case FileSeen file -> isProgram(file) ? PROGRAM : null;
                    case Http http -> isWinRm(http) ? WINRM : null;
                    default -> null;
                };
        return what != null && Act.isAny(ACTS, what) ? what : null;
    }

    private static @Nullable String share(@Nullable String path, String prefix) {
        return path != null && ADMIN_SHARE.matcher(path).matches()
                ? prefix + path.substring(path.lastIndexOf('\\') + 1).toUpperCase(Locale.ROOT)
                : null;
    }

    private static boolean isProgram(FileSeen file) {
        return file.is_orig()
                && file.source().equals("SMB")
                && "application/x-dosexec".equals(file.mime_type());
    }

    /// Event collection also speaks WS-Management, to paths of its own below `/wsman/`.
    private static boolean isWinRm(Http http) {
        String uri = http.uri();
        return uri != null
                && "POST".equals(http.method())
                && (uri.equals("/wsman") || uri.startsWith("/wsman?"));
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        List<Act> acts = Act.seen(ACTS, trail);
        Severity severity = severity(acts, trail);
        if (severity == LOW && acts.size() < 2) {
            return null; // to open a share or an object is anybody's errand
        }
        List<String> told = Act.told(acts, trail);
        return new Verdict(
                severity,
                severity == HIGH ? 0.85 : severity == MEDIUM ? 0.6 : 0.3,
                acts.size(),
                techniques(acts, trail),
                "%s acts on %s from afar: %s".formatted(key.host(), key.peer(), told.getFirst()),
                List.of(
                        "%s did this at %s within %.0f s: it %s."
                                .formatted(
                                        key.host(),
                                        key.peer(),
                                        (trail.last() - trail.first()) / 1e9,
                                        String.join("; it ", told)),
                        "Administrators' tools do the same: ask whether one was at work from that"
                                + " host."));
    }

    private static Severity severity(List<Act> acts, Trail trail) {
        boolean shortLived =
                trail.has("svcctl CreateService")
                        && trail.has("svcctl StartService")
                        && trail.has("svcctl DeleteService");
        boolean copied = trail.has(PROGRAM) && (trail.has(SHARE) || trail.has(FILE));
        boolean ran = acts.stream().anyMatch(act -> isRun(act.name()));
        if (shortLived || copied && ran) {
            return HIGH;
        }
        Severity worst = Act.worst(acts);
        return copied && worst == LOW ? MEDIUM : worst;
    }

    private static boolean isRun(String act) {
        return !act.equals(PROGRAM) && !act.equals(SHARE) && !act.equals(FILE);
    }

    /// A service manager reached through a pipe of SMB is reached by the administrators' share
    /// IPC$.
    private static List<String> techniques(List<Act> acts, Trail trail) {
        List<String> ids = new ArrayList<>();
        if (trail.has(SHARE) || trail.has(FILE) || trail.has("svcctl ")) {
            ids.add("T1021.002");
        }
        if (isAdminTest(trail)) {
            ids.add("T1069.001");
        }
        ids.addAll(Act.techniques(acts));
        return ids;
    }

    /// To open the service manager and leave is how a program tests who is administrator there.
    private static boolean isAdminTest(Trail trail) {
        long opened = trail.count("svcctl OpenSCManager");
        return opened > 0 && trail.count("svcctl ") == opened;
    }
}
