package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A Kerberos request and its answer.
@Named(value = "kerberos", about = "a Kerberos request and its answer", sight = Sight.SHAPE)
public record Kerberos(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "tcp or udp", log = false) String proto,
        @About("AS: a first ticket, TGS: a ticket for a service, AP: a ticket shown to it")
                @Nullable String request_type,
        @About("who asks, with the realm") @Nullable String client,
        @About("what for") @Nullable String service,
        @About("whether it was granted") @Nullable Boolean success,
        @About("why not") @Nullable String error_msg,
        @About(value = "valid from, as asked", unit = Unit.TIME) @Nullable Long from,
        @About(value = "valid until, as asked", unit = Unit.TIME) @Nullable Long till,
        @About("encryption of the ticket: rc4-hmac is weak, and often asked for by attackers")
                @Nullable String cipher,
        @About("whether the ticket may be forwarded, as asked") @Nullable Boolean forwardable,
        @About("whether the ticket may be renewed, as asked") @Nullable Boolean renewable,
        @About("SHA-256 of the ticket that was shown") @Nullable String auth_ticket_sha256,
        @About("SHA-256 of the ticket that was given") @Nullable String new_ticket_sha256)
        implements OfConnection {}
