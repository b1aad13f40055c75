package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A visit to a mailbox by POP3 or IMAP. No password is kept.
@Named(value = "mailbox", about = "a visit to a mailbox by POP3 or IMAP")
public record Mailbox(
        @About(value = "time of the greeting, or the first command", unit = Unit.TIME) long ts,
        @About(value = "when it was over", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("pop3 or imap") String proto,
        @About("the server's greeting") @Nullable String greeting,
        @About("user name given") @Nullable String user,
        @About("how the client logged in: USER, APOP, LOGIN, or the SASL mechanism")
                @Nullable String auth,
        @About("whether the server let somebody in") @Nullable Boolean success,
        @About("logins refused") int failures,
        @About("folders opened") @Nullable List<String> folders,
        @About("mails fetched") int fetched,
        @About("mails stored by the client") int stored,
        @About("mails deleted") int deleted,
        @About("whether the connection went on with TLS") boolean tls,
        @About("ids of the mails' parts as files") @Nullable List<String> fuids)
        implements OfConnection {}
