package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A logon by NTLM.
@Named(value = "ntlm", about = "a logon by NTLM")
public record Ntlm(
        @About(value = "time of the first message", unit = Unit.TIME) long ts,
        @About(
                        value = "when it was decided, or the connection ended",
                        unit = Unit.TIME,
                        log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("who logs on") @Nullable String username,
        @About("name the client gives itself") @Nullable String hostname,
        @About("domain of the user") @Nullable String domainname,
        @About("NetBIOS name of the server") @Nullable String server_nb_computer_name,
        @About("DNS name of the server") @Nullable String server_dns_computer_name,
        @About("DNS name of the server's forest") @Nullable String server_tree_name,
        @About("whether the logon succeeded, where the protocol around tells")
                @Nullable Boolean success)
        implements OfConnection {}
