package io.hark.decode.cobaltstrike;

import io.hark.event.Topic;
import java.util.Map;

/// Commands and callbacks in words.
///
/// *Source*: fox-it/dissect.cobaltstrike (`c_c2.py`).
final class Words {

    /// A command or callback.
    record Word(String name, Topic topic) {}

    private static final Map<Integer, Word> COMMANDS =
            Map.ofEntries(
                    Map.entry(1, new Word("spawn", Topic.PROCESS_START)),
                    Map.entry(2, new Word("shell", Topic.SHELL)),
                    Map.entry(3, new Word("exit", Topic.CONTROL)),
                    Map.entry(4, new Word("sleep", Topic.CONTROL)),
                    Map.entry(5, new Word("cd", Topic.SHELL)),
                    Map.entry(8, new Word("checkin", Topic.CONTROL)),
                    Map.entry(9, new Word("inject", Topic.PROCESS_START)),
                    Map.entry(10, new Word("upload", Topic.FILE_PUT)),
                    Map.entry(11, new Word("download", Topic.FILE_GET)),
                    Map.entry(12, new Word("execute", Topic.PROCESS_START)),
                    Map.entry(13, new Word("spawn in x86", Topic.PROCESS_START)),
                    Map.entry(14, new Word("connect", Topic.PROXY)),
                    Map.entry(15, new Word("send", Topic.PROXY)),
                    Map.entry(16, new Word("close", Topic.PROXY)),
                    Map.entry(17, new Word("listen", Topic.PROXY)),
                    Map.entry(19, new Word("cancel download", Topic.FILE_GET)),
                    Map.entry(27, new Word("getuid", Topic.SYSINFO)),
                    Map.entry(28, new Word("rev2self", Topic.CONTROL)),
                    Map.entry(29, new Word("timestomp", Topic.FILE_STAT)),
                    Map.entry(31, new Word("steal token", Topic.CREDENTIALS)),
                    Map.entry(32, new Word("ps", Topic.PROCESS_LIST)),
                    Map.entry(33, new Word("kill", Topic.PROCESS_KILL)),
                    Map.entry(37, new Word("powershell import", Topic.SHELL)),
                    Map.entry(38, new Word("runas", Topic.PROCESS_START)),
                    Map.entry(39, new Word("pwd", Topic.SHELL)),
                    Map.entry(40, new Word("register job", Topic.CONTROL)),
                    Map.entry(41, new Word("jobs", Topic.PROCESS_LIST)),
                    Map.entry(42, new Word("kill job", Topic.PROCESS_KILL)),
                    Map.entry(43, new Word("inject x64", Topic.PROCESS_START)),
                    Map.entry(44, new Word("spawn x64", Topic.PROCESS_START)),
                    Map.entry(47, new Word("pause", Topic.CONTROL)),
                    Map.entry(49, new Word("make token", Topic.CREDENTIALS)),
                    Map.entry(50, new Word("bind", Topic.PROXY)),
                    Map.entry(52, new Word("stage payload", Topic.FILE_PUT)),
                    Map.entry(53, new Word("ls", Topic.FILE_DIR)),
                    Map.entry(54, new Word("mkdir", Topic.FILE_MKDIR)),
                    Map.entry(55, new Word("drives", Topic.FILE_DRIVES)),
                    Map.entry(56, new Word("rm", Topic.FILE_DELETE)),
                    Map.entry(67, new Word("upload, next part", Topic.FILE_PUT)),
                    Map.entry(69, new Word("spawn in x64", Topic.PROCESS_START)),
                    Map.entry(70, new Word("spawn job x86", Topic.PROCESS_START)),
                    Map.entry(71, new Word("spawn job x64", Topic.PROCESS_START)),
                    Map.entry(72, new Word("setenv", Topic.SHELL)),
                    Map.entry(73, new Word("cp", Topic.FILE_COPY)),
                    Map.entry(74, new Word("mv", Topic.FILE_MOVE)),
                    Map.entry(75, new Word("ppid", Topic.CONTROL)),
                    Map.entry(76, new Word("runu", Topic.PROCESS_START)),
                    Map.entry(77, new Word("getprivs", Topic.CREDENTIALS)),
                    Map.entry(78, new Word("run", Topic.SHELL)),
                    Map.entry(81, new Word("reg query", Topic.REGISTRY)),
                    Map.entry(86, new Word("connect by tcp", Topic.PROXY)),
                    Map.entry(92, new Word("blockdlls", Topic.CONTROL)),
                    Map.entry(95, new Word("inline execute", Topic.PROCESS_START)),
                    Map.entry(100, new Word("run object file", Topic.PROCESS_START)));

    private static final Map<Integer, Word> CALLBACKS =
            Map.ofEntries(
                    Map.entry(0, new Word("output", Topic.SHELL)),
                    Map.entry(1, new Word("keystrokes", Topic.KEYSTROKES)),
                    Map.entry(2, new Word("file", Topic.FILE_GET)),
                    Map.entry(3, new Word("screenshot", Topic.SCREENSHOT)),
                    Map.entry(4, new Word("close", Topic.PROXY)),
                    Map.entry(5, new Word("read", Topic.PROXY)),
                    Map.entry(6, new Word("connect", Topic.PROXY)),
                    Map.entry(8, new Word("file data", Topic.FILE_GET)),
                    Map.entry(9, new Word("file end", Topic.FILE_GET)),
                    Map.entry(10, new Word("pipe open", Topic.PROXY)),
                    Map.entry(11, new Word("pipe close", Topic.PROXY)),
                    Map.entry(12, new Word("pipe read", Topic.PROXY)),
                    Map.entry(13, new Word("error", Topic.TEXT)),
                    Map.entry(15, new Word("token stolen", Topic.CREDENTIALS)),
                    Map.entry(16, new Word("user", Topic.SYSINFO)),
                    Map.entry(17, new Word("processes", Topic.PROCESS_LIST)),
                    Map.entry(19, new Word("directory", Topic.SHELL)),
                    Map.entry(20, new Word("jobs", Topic.PROCESS_LIST)),
                    Map.entry(21, new Word("hashes", Topic.CREDENTIALS)),
                    Map.entry(22, new Word("pending", Topic.FILE_DIR)),
                    Map.entry(24, new Word("hosts", Topic.NETWORK_LIST)),
                    Map.entry(25, new Word("ports", Topic.NETWORK_LIST)),
                    Map.entry(26, new Word("dead", Topic.CONTROL)),
                    Map.entry(30, new Word("output", Topic.SHELL)),
                    Map.entry(31, new Word("error", Topic.TEXT)),
                    Map.entry(32, new Word("output", Topic.SHELL)));

    private Words() {}

    static Word command(long number) {
        return COMMANDS.getOrDefault((int) number, new Word("command " + number, Topic.UNKNOWN));
    }

    static Word callback(long number) {
        return CALLBACKS.getOrDefault((int) number, new Word("callback " + number, Topic.UNKNOWN));
    }
}
