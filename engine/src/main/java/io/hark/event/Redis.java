package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A command to a Redis server and its reply.
@Named(value = "redis", about = "a command to a Redis server")
public record Redis(
        @About(value = "time of the command", unit = Unit.TIME) long ts,
        @About(value = "time of the reply", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "command, upper case", name = "cmd.name") String command,
        @About(value = "key, of commands on one key", name = "cmd.key") @Nullable String key,
        @About(value = "value, of commands that set one", name = "cmd.value")
                @Nullable String value,
        @About(value = "the first arguments; secrets are masked", name = "cmd.args")
                @Nullable List<String> args,
        @About("whether the reply is no error") @Nullable Boolean success,
        @About(value = "the reply, cut", name = "reply.value") @Nullable String reply)
        implements OfConnection {}
