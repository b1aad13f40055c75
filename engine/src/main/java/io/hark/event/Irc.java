package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// What a client does on an IRC network.
@Named(value = "irc", about = "a command of an IRC client, or a file offered to it")
public record Irc(
        @About(value = "time of the command", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("nick name") @Nullable String nick,
        @About("user name") @Nullable String user,
        @About("command: NICK, USER, JOIN, DCC") String command,
        @About("its value: the new nick name, the user, the channel") @Nullable String value,
        @About("more about it") @Nullable String addl,
        @About("name of the file offered") @Nullable String dcc_file_name,
        @About(value = "its announced size", unit = Unit.BYTES) @Nullable Long dcc_file_size,
        @About("its type, by content") @Nullable String dcc_mime_type,
        @About("id of the file") @Nullable String fuid)
        implements OfConnection {}
