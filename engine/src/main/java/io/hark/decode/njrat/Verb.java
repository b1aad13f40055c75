package io.hark.decode.njrat;

import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.Locale;

/// The word that a frame begins with.
///
/// *Source*: the words that zeek-njrat-detector's signature lists; those that a recording has are
/// verified, what the others mean is taken from their use in descriptions of version 0.7.
enum Verb {
    LL(Topic.SYSINFO, true, "login"),
    INF(Topic.SYSINFO, true, "settings"),
    ACT(Topic.WINDOW, true, "window in front:"),
    CAP(Topic.SCREENSHOT, true, "take a screenshot"),
    PROC(Topic.PROCESS_LIST, false, "processes"),
    RSS(Topic.SHELL, false, "open a shell"),
    RS(Topic.SHELL, false, ""),
    RSC(Topic.SHELL, false, "close the shell"),
    KL(Topic.KEYSTROKES, false, "keystrokes"),
    PROF(Topic.CONTROL, false, "value kept on the host"),
    RN(Topic.PROCESS_START, false, "run"),
    INV(Topic.CONTROL, false, "load a plug-in"),
    RET(Topic.CREDENTIALS, false, "stored logins"),
    UN(Topic.CONTROL, false, "restart, close or remove itself"),
    UP(Topic.CONTROL, false, "update"),
    RG(Topic.REGISTRY, false, "registry"),
    NWPR(Topic.PROCESS_START, false, "new process"),
    SITE(Topic.PROCESS_START, false, "open a site"),
    FUN(Topic.CONTROL, false, "prank"),
    EX(Topic.FILE_DIR, false, "files"),
    ER(Topic.UNKNOWN, false, "error"),
    UNKNOWN(Topic.UNKNOWN, false, "");

    private final Topic topic;
    private final boolean verified;
    private final String says;

    Verb(Topic topic, boolean verified, String says) {
        this.topic = topic;
        this.verified = verified;
        this.says = says;
    }

    static Verb of(String word) {
        for (Verb verb : values()) {
            if (verb != UNKNOWN && verb.name().equalsIgnoreCase(word)) {
                return verb;
            }
        }
        return UNKNOWN;
    }

    /// As it stands on the wire, in lower case.
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    Topic topic() {
        return topic;
    }

    /// Whether a recording has it.
    boolean verified() {
        return verified;
    }

    /// What stands before its fields: words for an order, less for its answer.
    String says(Speaker side) {
        return side == Speaker.OPERATOR || this == ACT ? says : topic == Topic.SHELL ? "" : says;
    }
}
