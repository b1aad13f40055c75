package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A request to a PostgreSQL server and what came of it.
@Named(value = "postgresql", about = "a request to a PostgreSQL server")
public record Postgresql(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("user who logged in") @Nullable String user,
        @About("database") @Nullable String database,
        @About("name that the client's program gives itself") @Nullable String application_name,
        @About("request: ssl_request, startup, simple_query, execute, terminate …") String frontend,
        @About("its argument: the statement") @Nullable String frontend_arg,
        @About("whether it succeeded") @Nullable Boolean success,
        @About("the server's answer: ssl_reply, auth_ok, error …") @Nullable String backend,
        @About("its argument: the command tag, or the error") @Nullable String backend_arg,
        @About("rows sent") @Nullable Long rows)
        implements OfConnection {}
