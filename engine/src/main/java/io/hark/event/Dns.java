package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A DNS query and its answer, or the one of them that was seen.
@Named(value = "dns", about = "a DNS query and its answer")
public record Dns(
        @About(
                        value = "time of the query, or of the answer where no query was seen",
                        unit = Unit.TIME)
                long ts,
        @About(value = "time of the answer, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("transport protocol") String proto,
        @About("transaction id") int trans_id,
        @About(value = "query to answer", unit = Unit.DURATION) @Nullable Long rtt,
        @About("the name asked for, lower case") @Nullable String query,
        @About("class of the question, number") @Nullable Integer qclass,
        @About("class of the question") @Nullable String qclass_name,
        @About("type of the question, number") @Nullable Integer qtype,
        @About("type of the question") @Nullable String qtype_name,
        @About("answer code, number") @Nullable Integer rcode,
        @About("answer code") @Nullable String rcode_name,
        @About(value = "authoritative answer", name = "AA") boolean aa,
        @About(value = "truncated", name = "TC") boolean tc,
        @About(value = "recursion desired", name = "RD") boolean rd,
        @About(value = "recursion available", name = "RA") boolean ra,
        @About(value = "the reserved bits", name = "Z") int z,
        @About("the answers in text") @Nullable List<String> answers,
        @About(value = "time to live of each answer", name = "TTLs", unit = Unit.DURATION)
                long @Nullable [] ttls,
        @About("whether the server refused") boolean rejected,
        @About("operation code, number") int opcode,
        @About("operation code") @Nullable String opcode_name)
        implements OfConnection {}
