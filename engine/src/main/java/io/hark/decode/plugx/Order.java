package io.hark.decode.plugx;

import io.hark.event.Topic;
import org.jspecify.annotations.Nullable;

/// What a frame is about: the low half of its flags. The implant answers under the number that it
/// was asked by.
///
/// *Source*: the table of ChopShop's `plugx_tcp_decode`; numbers below 0x1000 of the first builds
/// stand from 0x1000 on in later ones.
enum Order {
    READY(0x0, Topic.BEACON, "ready"),
    HOST(0x1, Topic.SYSINFO, "tell of the host"),
    STILL_THERE(0x2, Topic.KEEPALIVE, "still there"),
    PLUGINS_START(0x3, Topic.CONTROL, "start plug-ins"),
    INSTALL(0x5, Topic.CONTROL, "install again"),
    SETTINGS(0x6, Topic.CONTROL, "new settings"),
    SETTINGS_KEEP(0x7, Topic.CONTROL, "keep the settings"),
    PLUGINS(0x8, Topic.CONTROL, "tell of plug-ins"),
    LOCK(0x2000, Topic.CONTROL, "lock the screen"),
    LOG_OFF(0x2001, Topic.CONTROL, "log off"),
    RESTART(0x2002, Topic.CONTROL, "restart"),
    SHUT_DOWN(0x2003, Topic.CONTROL, "shut down"),
    NOTICE(0x2005, Topic.CONTROL, "show a message"),
    DRIVES(0x3000, Topic.FILE_DRIVES, "list drives"),
    FOLDER(0x3001, Topic.FILE_DIR, "list a folder"),
    SEARCH(0x3002, Topic.FILE_SEARCH, "search folders"),
    FILE_READ(0x3004, Topic.FILE_GET, "read a file"),
    FILE_READ_DATA(0x3005, Topic.FILE_GET, "part of the file read"),
    FILE_WRITE(0x3007, Topic.FILE_PUT, "write a file"),
    FILE_WRITE_DATA(0x3008, Topic.FILE_PUT, "part of the file written"),
    FOLDER_MAKE(0x300a, Topic.FILE_MKDIR, "make a folder"),
    RUN(0x300c, Topic.PROCESS_START, "run on a desktop of its own"),
    FILE_CHANGE(0x300d, Topic.FILE_MOVE, "copy, move, rename or delete"),
    ENVIRONMENT(0x300e, Topic.SYSINFO, "expand environment variables"),
    SCREEN(0x4000, Topic.SCREENSHOT, "show the screen"),
    MOUSE(0x4004, Topic.CONTROL, "move the mouse"),
    KEYS(0x4005, Topic.SHELL_KEYS, "press keys"),
    ATTENTION(0x4006, Topic.SHELL_KEYS, "press control, alt and delete"),
    FILM(0x4100, Topic.SCREENSHOT, "film the screen"),
    FILM_FRAME(0x4101, Topic.SCREENSHOT, "a frame of the film"),
    PICTURE(0x4200, Topic.SCREENSHOT, "a picture of the screen"),
    PROCESSES(0x5000, Topic.PROCESS_LIST, "list processes"),
    MODULES(0x5001, Topic.PROCESS_LIST, "list modules of a process"),
    KILL(0x5002, Topic.PROCESS_KILL, "stop a process"),
    SERVICES(0x6000, Topic.SERVICE_LIST, "list services"),
    SERVICE_CHANGE(0x6001, Topic.SERVICE_START, "change how a service starts"),
    SERVICE_START(0x6002, Topic.SERVICE_START, "start a service"),
    SERVICE_CONTROL(0x6003, Topic.SERVICE_STOP, "stop or pause a service"),
    SERVICE_DELETE(0x6004, Topic.SERVICE_STOP, "delete a service"),
    SHELL(0x7002, Topic.SHELL, "open a shell"),
    SHELL_TEXT(0x7003, Topic.SHELL, ""),
    CONSOLE(0x7100, Topic.SHELL, "open a console"),
    CONSOLE_TEXT(0x7104, Topic.SHELL, ""),
    REGISTRY_LIST(0x9000, Topic.REGISTRY, "list keys"),
    REGISTRY_OPEN(0x9001, Topic.REGISTRY, "open a key"),
    REGISTRY_DELETE(0x9002, Topic.REGISTRY, "delete a key"),
    REGISTRY_CREATE(0x9003, Topic.REGISTRY, "create a key"),
    REGISTRY_VALUES(0x9004, Topic.REGISTRY, "list values"),
    REGISTRY_SET(0x9005, Topic.REGISTRY, "set a value"),
    REGISTRY_UNSET(0x9006, Topic.REGISTRY, "delete a value"),
    REGISTRY_GET(0x9007, Topic.REGISTRY, "get a value"),
    SHARES(0xa000, Topic.NETWORK_LIST, "list hosts and shares"),
    PORTS(0xb000, Topic.PROXY, "forward a port"),
    DATABASES(0xc000, Topic.DATABASE_LIST, "list data sources"),
    DATABASE_DRIVERS(0xc001, Topic.DATABASE_LIST, "list database drivers"),
    DATABASE_QUERY(0xc002, Topic.DATABASE_LIST, "run a statement"),
    TCP(0xd000, Topic.NETSTAT, "list TCP connections"),
    UDP(0xd001, Topic.NETSTAT, "list UDP sockets"),
    TCP_CHANGE(0xd002, Topic.NETSTAT, "close a TCP connection"),
    KEYSTROKES(0xe000, Topic.KEYSTROKES, "keys that were logged");

    private static final int LATER = 0x1000; // what later builds add to the lowest numbers
    private static final int LOWEST = 0x8;

    private final int number;
    private final Topic topic;
    private final String says;

    Order(int number, Topic topic, String says) {
        this.number = number;
        this.topic = topic;
        this.says = says;
    }

    /// What a number means, or null where it is not known.
    static @Nullable Order of(int number) {
        int plain = number >= LATER && number <= LATER + LOWEST ? number - LATER : number;
        for (Order order : values()) {
            if (order.number == plain) {
                return order;
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

    /// Whether what is in the frame is worth keeping as it is.
    boolean isFile() {
        return switch (this) {
            case FILE_READ_DATA, FILE_WRITE_DATA, FILM_FRAME, PICTURE -> true;
            default -> false;
        };
    }
}
