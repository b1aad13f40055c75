package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// An LDAP request other than a search, and its answer. Passwords are never kept.
@Named(value = "ldap", about = "an LDAP request other than a search, and its answer")
public record Ldap(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "tcp or udp", log = false) String proto,
        @About("message id") long message_id,
        @About("version, of a bind") @Nullable Integer version,
        @About("bind simple, bind SASL, unbind, add, modify, …") String opcode,
        @About("how it ended") @Nullable String result,
        @About("what the server says beyond that") @Nullable String diagnostic_message,
        @About("who binds, or what is changed") @Nullable String object,
        @About("mechanism of a SASL bind; a password is REDACTED") @Nullable String argument)
        implements OfConnection {}
