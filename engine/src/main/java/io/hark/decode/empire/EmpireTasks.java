package io.hark.decode.empire;

import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.Map;

/// What operators ask of an Empire agent, by number.
final class EmpireTasks {

    private static final Map<Integer, String> NAMES =
            Map.ofEntries(
                    Map.entry(0, "ERROR"),
                    Map.entry(1, "SYSINFO"),
                    Map.entry(2, "EXIT"),
                    Map.entry(40, "SHELL"),
                    Map.entry(41, "DOWNLOAD"),
                    Map.entry(42, "UPLOAD"),
                    Map.entry(50, "GETJOBS"),
                    Map.entry(51, "STOPJOB"),
                    Map.entry(100, "CMD_WAIT"),
                    Map.entry(101, "CMD_WAIT_SAVE"),
                    Map.entry(110, "CMD_JOB"),
                    Map.entry(111, "CMD_JOB_SAVE"),
                    Map.entry(120, "SCRIPT_RUN"),
                    Map.entry(121, "SCRIPT_IMPORT"),
                    Map.entry(122, "SCRIPT_COMMAND"),
                    Map.entry(123, "SCRIPT_COMMAND_JOB"));

    private EmpireTasks() {}

    static String name(int type) {
        return NAMES.getOrDefault(type, "task " + type);
    }

    static Topic topic(int type, Speaker side) {
        return switch (type) {
            case 1 -> Topic.SYSINFO;
            case 2 -> Topic.CONTROL;
            case 41 -> Topic.FILE_GET;
            case 42 -> Topic.FILE_PUT;
            case 50 -> Topic.PROCESS_LIST;
            case 51 -> Topic.PROCESS_KILL;
            case 40, 100, 101, 110, 111, 120, 121, 122, 123 -> Topic.SHELL;
            default -> side == Speaker.OPERATOR ? Topic.CONTROL : Topic.TEXT;
        };
    }
}
