package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import java.util.List;

/// One DNS message with all that is in it, for logs that have a line a message.
@Named(
        value = "dns_detail",
        log = "-",
        detailOf = Dns.class,
        about = "one DNS message, all its sections")
public record DnsDetail(
        @About(value = "time of the message", unit = Unit.TIME) long ts,
        @About(value = "time of the message", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("transport protocol") String proto,
        @About("number of the message in its connection, from 0") int number,
        @About("transaction id") int trans_id,
        @About("the header's flags and codes, 16 bits") int flags,
        @About("the questions") List<Question> questions,
        @About("the records of all sections") List<Resource> records)
        implements OfConnection {

    /// A question.
    public record Question(
            @About("the name, as it was written") String name, @About("its type") int qtype)
            implements Stored {}

    /// A resource record.
    public record Resource(
            @About("where it stands") Section section,
            @About("the name, as it was written") String name,
            @About("its type") int rtype,
            @About("time to live in seconds") long ttl,
            @About("its data, names uncompressed") byte[] data)
            implements Stored {}

    /// Where a record stands.
    public enum Section {
        /// It answers.
        ANSWER,
        /// It tells who could.
        AUTHORITY,
        /// It helps.
        ADDITIONAL
    }
}
