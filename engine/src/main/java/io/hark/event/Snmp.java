package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// What an SNMP manager and an agent said on one connection.
@Named(value = "snmp", about = "what an SNMP manager and an agent said on one connection")
public record Snmp(
        @About(value = "time of the first message", unit = Unit.TIME) long ts,
        @About(value = "when the connection ended", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About(value = "first to last message", unit = Unit.DURATION) long duration,
        @About("1, 2c or 3") String version,
        @About("community of version 1 and 2c; masked where it is not one that everybody knows")
                @Nullable String community,
        @About(value = "user of version 3", log = false) @Nullable String user,
        @About("variables asked for, one by one") long get_requests,
        @About("variables asked for in bulk") long get_bulk_requests,
        @About("variables answered") long get_responses,
        @About("variables written") long set_requests,
        @About("what the agent says it is (sysDescr)") @Nullable String display_string,
        @About(value = "since when the agent is up (sysUpTime)", unit = Unit.TIME)
                @Nullable Long up_since)
        implements OfConnection {}
