package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An LDAP search and how much it found.
@Named(value = "ldap_search", about = "an LDAP search and how much it found")
public record LdapSearch(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(
                        value = "time of the last answer, or when it was given up",
                        unit = Unit.TIME,
                        log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "tcp or udp", log = false) String proto,
        @About("message id") long message_id,
        @About("base, single or tree") @Nullable String scope,
        @About("never, searching, finding or always") @Nullable String deref_aliases,
        @About("where the search begins") @Nullable String base_object,
        @About("entries found") long result_count,
        @About("how it ended") @Nullable String result,
        @About("what the server says beyond that") @Nullable String diagnostic_message,
        @About("what is searched for, in LDAP's text form") @Nullable String filter,
        @About("attributes wanted; none for all") @Nullable List<String> attributes)
        implements OfConnection {}
