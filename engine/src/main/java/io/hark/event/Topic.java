package io.hark.event;

import org.jspecify.annotations.Nullable;

/// What a [Message] is about: the pairs of `type` and `subtype` that decoders use.
///
/// *Source*: the c2Event vocabulary of MITRE's ChopShop (`ext_libs/c2Event`), with `gap` of our own
/// for what is missing on the wire.
public enum Topic {
    /// The two are there, and say no more than that.
    KEEPALIVE("keepalive"),
    /// The implant asks for work.
    BEACON("beacon"),
    /// What the implant says of its host.
    SYSINFO("sysinfo"),
    /// A line typed at a shell, or what it answered.
    SHELL("shell", "console"),
    /// Single keys sent to the host.
    SHELL_KEYS("shell", "key_event"),
    /// A file goes from the implant to the operator.
    FILE_GET("file_transfer", "get"),
    /// A file goes from the operator to the implant.
    FILE_PUT("file_transfer", "put"),
    /// Connections are made through the implant.
    PROXY("proxy"),
    /// A tunnel goes through.
    TUNNEL_OPENED("proxy", "tunnel_opened"),
    /// A tunnel is over, or the recording of it.
    TUNNEL_CLOSED("proxy", "tunnel_closed"),
    /// Files are copied.
    FILE_COPY("filesystem", "copy"),
    /// Files are deleted.
    FILE_DELETE("filesystem", "delete"),
    /// A folder is listed.
    FILE_DIR("filesystem", "dir"),
    /// Drives are listed.
    FILE_DRIVES("filesystem", "enumerate_drives"),
    /// A folder is made.
    FILE_MKDIR("filesystem", "mkdir"),
    /// Files are moved.
    FILE_MOVE("filesystem", "move"),
    /// Files are renamed.
    FILE_RENAME("filesystem", "rename"),
    /// Files are searched for.
    FILE_SEARCH("filesystem", "search"),
    /// A file's properties.
    FILE_STAT("filesystem", "stat"),
    /// Processes, windows or jobs are listed.
    PROCESS_LIST("process", "enumerate"),
    /// A process is stopped.
    PROCESS_KILL("process", "kill"),
    /// A process is started.
    PROCESS_START("process", "start"),
    /// What the clipboard holds.
    CLIPBOARD("monitor", "clipboard"),
    /// What the user typed.
    KEYSTROKES("monitor", "keystroke"),
    /// What the screen shows.
    SCREENSHOT("monitor", "screencap"),
    /// What the camera sees.
    CAMERA("monitor", "camera"),
    /// What the microphone hears.
    AUDIO("monitor", "audio"),
    /// Which window the user has before them.
    WINDOW("monitor", "window"),
    /// Stored logins are taken.
    CREDENTIALS("monitor", "credentials"),
    /// The registry is read or written.
    REGISTRY("registry"),
    /// Hosts and shares are listed.
    NETWORK_LIST("network", "enumerate"),
    /// Connections are listed.
    NETSTAT("network", "netstat"),
    /// Other hosts are attacked from this one.
    ATTACK("network", "attack"),
    /// Services are listed.
    SERVICE_LIST("service", "enumerate"),
    /// A service is started.
    SERVICE_START("service", "start"),
    /// A service is stopped.
    SERVICE_STOP("service", "stop"),
    /// Databases are listed.
    DATABASE_LIST("database", "enumerate"),
    /// Keys are agreed.
    KEY_EXCHANGE("crypto", "negotiate"),
    /// The implant is set up, moved, updated or removed.
    CONTROL("control"),
    /// Bytes are missing.
    GAP("unknown", "gap"),
    /// Text of no known meaning.
    TEXT("unknown", "text"),
    /// Octets of no known meaning.
    BINARY("unknown", "binary"),
    /// Of no known meaning.
    UNKNOWN("unknown");

    private final String type;
    private final @Nullable String subtype;

    Topic(String type) {
        this.type = type;
        this.subtype = null;
    }

    Topic(String type, String subtype) {
        this.type = type;
        this.subtype = subtype;
    }

    /// What [Message#type] says.
    public String type() {
        return type;
    }

    /// What [Message#subtype] says.
    public @Nullable String subtype() {
        return subtype;
    }
}
