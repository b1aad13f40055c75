package io.hark.parse.mysql;

import io.hark.Connection;
import io.hark.event.Mysql;
import org.jspecify.annotations.Nullable;

/// A command that waits for its answer.
final class Command {

    static final int INIT_DB = 2;
    static final int QUERY = 3;
    static final int FIELD_LIST = 4;
    static final int STATISTICS = 9;
    static final int CHANGE_USER = 17;
    static final int PREPARE = 22;

    /// By number. *Source*: MySQL's manual of the protocol, "Command Phase"; names as Zeek has
    /// them.
    private static final String[] NAMES = {
        "sleep",
        "quit",
        "init_db",
        "query",
        "field_list",
        "create_db",
        "drop_db",
        "refresh",
        "shutdown",
        "statistics",
        "process_info",
        "connect",
        "process_kill",
        "debug",
        "ping",
        "time",
        "delayed_insert",
        "change_user",
        "binlog_dump",
        "table_dump",
        "connect_out",
        "register_slave",
        "stmt_prepare",
        "stmt_execute",
        "stmt_send_long_data",
        "stmt_close",
        "stmt_reset",
        "set_option",
        "stmt_fetch",
        "daemon",
        "binlog_dump_gtid",
        "reset_connection"
    };

    final long ts;
    final int code;
    final String name;
    final String argument;
    @Nullable Boolean success;
    @Nullable Long rows;
    @Nullable String response;

    Command(long ts, int code, String name, String argument) {
        this.ts = ts;
        this.code = code;
        this.name = name;
        this.argument = argument;
    }

    static String name(int code) {
        return code < NAMES.length ? NAMES[code] : "unknown-" + code;
    }

    /// Whether its argument is text.
    static boolean hasText(int code) {
        return switch (code) {
            case INIT_DB, QUERY, FIELD_LIST, 5, 6, CHANGE_USER, PREPARE -> true;
            default -> false;
        };
    }

    void succeeded(long changed) {
        success = true;
        rows = changed;
    }

    void failed(String error) {
        success = false;
        response = error;
    }

    void emit(Connection connection) {
        connection.emit(
                new Mysql(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        name,
                        argument,
                        success,
                        rows,
                        response));
    }
}
