package io.hark.decode.poisonivy;

import io.hark.event.Topic;
import org.jspecify.annotations.Nullable;

/// What a chunk is about. The operator's end sends code that does it, with what it has to know
/// among the code; the implant's end what came of it.
///
/// *Source*: the handlers of ChopShop's `poisonivy_23x`.
enum Errand {
    HOST(0x01, Topic.SYSINFO, "the host"),
    FOLDER(0x02, Topic.FILE_DIR, "list a folder"),
    FETCH(0x04, Topic.FILE_GET, "a file from the implant"),
    SEARCH(0x05, Topic.FILE_SEARCH, "search files"),
    BRING(0x06, Topic.FILE_PUT, "a file to the implant"),
    FOLDERS(0x0b, Topic.FILE_DIR, "list folders"),
    WINDOWS(0x0d, Topic.WINDOW, "list windows"),
    PROCESSES(0x14, Topic.PROCESS_LIST, "list processes"),
    SHELL(0x17, Topic.SHELL, ""),
    SCREEN(0x19, Topic.SCREENSHOT, "a picture of the screen"),
    CAMERA(0x1c, Topic.CAMERA, "a picture of the camera"),
    REGISTRY(0x1e, Topic.REGISTRY, "list the registry"),
    STILL_THERE(0x27, Topic.KEEPALIVE, "still there"),
    SEARCH_END(0x2a, Topic.FILE_SEARCH, "the search is over"),
    SERVICES(0x2b, Topic.SERVICE_LIST, "list services"),
    REGISTRY_SEARCH(0x36, Topic.REGISTRY, "search the registry"),
    REGISTRY_SEARCH_END(0x37, Topic.REGISTRY, "the search is over"),
    PORTS(0x38, Topic.NETSTAT, "list ports"),
    DESKTOP(0x39, Topic.SCREENSHOT, "show the desktop"),
    CACHED_PASSWORDS(0x3c, Topic.CREDENTIALS, "cached passwords"),
    SOCKS4(0x43, Topic.PROXY, "relay as a SOCKS 4 server"),
    RELAY_END(0x46, Topic.PROXY, "relay no more"),
    SOCKS5(0x47, Topic.PROXY, "relay as a SOCKS 5 server"),
    KEYS(0x49, Topic.KEYSTROKES, "keys that were logged"),
    GATEWAY(0x4c, Topic.PROXY, "forward a port"),
    PROGRAMS(0x58, Topic.SYSINFO, "list programs"),
    WIRELESS(0x5a, Topic.CREDENTIALS, "keys of wireless networks"),
    HASHES(0x5b, Topic.CREDENTIALS, "hashes of passwords"),
    AUDIO(0x5c, Topic.AUDIO, "what the microphone hears"),
    DEVICES(0x68, Topic.SYSINFO, "list devices");

    private final int number;
    private final Topic topic;
    private final String says;

    Errand(int number, Topic topic, String says) {
        this.number = number;
        this.topic = topic;
        this.says = says;
    }

    /// What a number means, or null where it is not known.
    static @Nullable Errand of(long number) {
        for (Errand errand : values()) {
            if (errand.number == number) {
                return errand;
            }
        }
        return null;
    }

    Topic topic() {
        return topic;
    }

    /// In words; empty where what is said is the text itself.
    String says() {
        return says;
    }

    /// Whether what is in a chunk of the implant's is worth keeping as it is, or that of the
    /// operator's.
    boolean isFile(boolean fromImplant) {
        return switch (this) {
            case FETCH, SCREEN, CAMERA, DESKTOP, AUDIO -> fromImplant;
            case BRING -> !fromImplant;
            default -> false;
        };
    }
}
