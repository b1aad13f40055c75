package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A login in the clear by Telnet, rlogin or rsh. No password is kept.
@Named(value = "login", about = "a login in the clear by Telnet, rlogin or rsh")
public record Login(
        @About(value = "time of the first message", unit = Unit.TIME) long ts,
        @About(value = "when it was over", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("telnet, rlogin or rsh") String proto,
        @About("user at the server") @Nullable String user,
        @About("user at the client") @Nullable String client_user,
        @About("kind of terminal") @Nullable String terminal,
        @About("command that rsh runs") @Nullable String command,
        @About("whether the server let somebody in, where it says so") @Nullable Boolean success,
        @About("logins refused") int failures)
        implements OfConnection {}
