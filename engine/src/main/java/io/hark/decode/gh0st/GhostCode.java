package io.hark.decode.gh0st;

import io.hark.event.Topic;
import org.jspecify.annotations.Nullable;

/// The octet that a frame begins with, once inflated: a command of the operator's below 0x64, an
/// answer of the implant's from there on.
enum GhostCode {
    LIST_DRIVES(0x01, Topic.FILE_DRIVES, "list drives"),
    LIST_FILES(0x02, Topic.FILE_DIR, "list files"),
    SCREEN(0x10, Topic.SCREENSHOT, "show the screen"),
    KEYBOARD(0x1f, Topic.KEYSTROKES, "log keys"),
    PROCESSES(0x24, Topic.PROCESS_LIST, "list processes"),
    SHELL(0x28, Topic.SHELL, "open a shell"),
    SESSION(0x29, Topic.CONTROL, "log off, restart or shut down"),
    DOWNLOAD_RUN(0x2b, Topic.FILE_PUT, "fetch and run"),
    LOGIN(0x66, Topic.SYSINFO, "login"),
    DRIVES(0x67, Topic.FILE_DRIVES, "drives"),
    FILES(0x68, Topic.FILE_DIR, "files"),
    FILE_DATA(0x6a, Topic.FILE_GET, "part of a file"),
    BITMAP_INFO(0x73, Topic.SCREENSHOT, "a screen begins"),
    KEYS(0x7c, Topic.KEYSTROKES, "keys"),
    PROCESS_TABLE(0x7d, Topic.PROCESS_LIST, "processes"),
    SHELL_START(0x80, Topic.SHELL, "shell started");

    private static final int FIRST_ANSWER = 0x64;

    private final int code;
    private final Topic topic;
    private final String says;

    GhostCode(int code, Topic topic, String says) {
        this.code = code;
        this.topic = topic;
        this.says = says;
    }

    /// What an octet means, or null where it is not known.
    static @Nullable GhostCode of(int code, boolean fromImplant) {
        for (GhostCode known : values()) {
            if (known.code == code && known.code >= FIRST_ANSWER == fromImplant) {
                return known;
            }
        }
        return null;
    }

    Topic topic() {
        return topic;
    }

    String says() {
        return says;
    }
}
