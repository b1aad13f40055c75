package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A command to a MySQL server and what came of it.
@Named(value = "mysql", about = "a command to a MySQL or MariaDB server")
public record Mysql(
        @About(value = "time of the command", unit = Unit.TIME) long ts,
        @About(value = "time of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("command: login, query, init_db, quit …") String cmd,
        @About("its argument: the user, the statement, the database") String arg,
        @About("whether it succeeded") @Nullable Boolean success,
        @About("rows changed") @Nullable Long rows,
        @About("the server's error") @Nullable String response)
        implements OfConnection {}
