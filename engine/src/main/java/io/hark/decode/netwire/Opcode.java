package io.hark.decode.netwire;

import io.hark.event.Topic;
import org.jspecify.annotations.Nullable;

/// What a frame is about. The numbers have changed between versions; these are of the one that the
/// source describes, and which begins a connection with [#REGISTERED] and [#REGISTER].
///
/// *Source*: the table of ChopShop's `netwire`, after CIRCL's report TR-23.
enum Opcode {
    STILL_THERE(0x97, Topic.KEEPALIVE, "still there"),
    CONNECTED(0x98, Topic.CONTROL, "connected"),
    REGISTERED(0x99, Topic.KEY_EXCHANGE, "brings its half of the key"),
    REFUSED(0x9a, Topic.CONTROL, "the password is not accepted"),
    REGISTER(0x9b, Topic.KEY_EXCHANGE, "brings its half of the key"),
    RUN(0x9c, Topic.PROCESS_START, "run a file, or what an address has"),
    RUN_AND_LEAVE(0x9d, Topic.PROCESS_START, "run a file and end"),
    NOT_RUN(0x9e, Topic.PROCESS_START, "it did not run"),
    END(0x9f, Topic.CONTROL, "end"),
    SLEEP(0xa0, Topic.CONTROL, "sleep"),
    REMOVE(0xa1, Topic.CONTROL, "remove itself"),
    IDENTIFY(0xa2, Topic.CONTROL, "take a name"),
    FETCH_RUN(0xa3, Topic.FILE_PUT, "fetch and run"),
    DRIVES(0xa4, Topic.FILE_DRIVES, "drives"),
    FOLDER(0xa6, Topic.FILE_DIR, "a folder"),
    SEARCH(0xa8, Topic.FILE_SEARCH, "search files"),
    SEARCH_FOUND(0xa9, Topic.FILE_SEARCH, "a file that was searched for"),
    PUT(0xab, Topic.FILE_PUT, "a file to the implant"),
    PUT_DATA(0xac, Topic.FILE_PUT, "part of the file"),
    PUT_END(0xad, Topic.FILE_PUT, "the file is whole"),
    COPY(0xae, Topic.FILE_COPY, "copy a file"),
    OPEN(0xaf, Topic.PROCESS_START, "open a file"),
    MOVE(0xb0, Topic.FILE_MOVE, "move a file"),
    DELETE(0xb1, Topic.FILE_DELETE, "delete a file"),
    FOLDER_MAKE(0xb2, Topic.FILE_MKDIR, "make a folder"),
    GET(0xb4, Topic.FILE_GET, "a file from the implant"),
    GET_END(0xb5, Topic.FILE_GET, "the file is whole"),
    SHELL(0xb6, Topic.SHELL, "open a shell"),
    SHELL_TEXT(0xb7, Topic.SHELL, "a line of the shell"),
    SHELL_END(0xb8, Topic.SHELL, "the shell is over"),
    CONFIGURATION(0xba, Topic.SYSINFO, "the host and its settings"),
    USERS(0xbc, Topic.SYSINFO, "who is logged on"),
    PROCESSES(0xbe, Topic.PROCESS_LIST, "processes"),
    KILL(0xc0, Topic.PROCESS_KILL, "stop a process"),
    WINDOWS(0xc1, Topic.WINDOW, "windows"),
    WINDOW_CHANGE(0xc2, Topic.WINDOW, "show, hide or name a window"),
    GET_RUN(0xc3, Topic.FILE_PUT, "fetch and run"),
    KEY_UP(0xc5, Topic.SHELL_KEYS, "a key let go"),
    KEY(0xc6, Topic.SHELL_KEYS, "a key"),
    MOUSE_BUTTON(0xc7, Topic.CONTROL, "a button of the mouse"),
    MOUSE(0xc8, Topic.CONTROL, "move the mouse"),
    SCREEN(0xc9, Topic.SCREENSHOT, "a picture of the screen"),
    SCREEN_DATA(0xca, Topic.SCREENSHOT, "part of the picture"),
    SCREEN_END(0xcb, Topic.SCREENSHOT, "the picture is whole"),
    LOGS(0xcc, Topic.KEYSTROKES, "logs of keys"),
    LOG_THERE(0xce, Topic.KEYSTROKES, "is there a log of keys"),
    LOG_DELETE(0xcf, Topic.FILE_DELETE, "delete a log of keys"),
    LOG(0xd0, Topic.KEYSTROKES, "a log of keys"),
    BROWSERS(0xd3, Topic.CREDENTIALS, "logins that browsers keep"),
    BROWSERS_TOO(0xd4, Topic.CREDENTIALS, "logins that browsers keep"),
    CHATS(0xd5, Topic.CREDENTIALS, "logins that chat programs keep"),
    CHATS_TOO(0xd6, Topic.CREDENTIALS, "logins that chat programs keep"),
    MAILS(0xd7, Topic.CREDENTIALS, "logins that mail programs keep"),
    MAILS_TOO(0xd8, Topic.CREDENTIALS, "logins that mail programs keep"),
    SOCKS(0xd9, Topic.PROXY, "relay as a SOCKS server"),
    MICROPHONES(0xda, Topic.AUDIO, "microphones"),
    RECORD(0xdc, Topic.AUDIO, "record"),
    RECORD_END(0xde, Topic.AUDIO, "record no more");

    private final int number;
    private final Topic topic;
    private final String says;

    Opcode(int number, Topic topic, String says) {
        this.number = number;
        this.topic = topic;
        this.says = says;
    }

    /// What a number means, or null where it is not known.
    static @Nullable Opcode of(int number) {
        for (Opcode opcode : values()) {
            if (opcode.number == number) {
                return opcode;
            }
        }
        return null;
    }

    int number() {
        return number;
    }

    Topic topic() {
        return topic;
    }

    String says() {
        return says;
    }
}
