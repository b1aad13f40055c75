package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A file that went by: a body, a transfer.
@Named(value = "files", about = "a file that went by")
public record FileSeen(
        @About(value = "when it began", unit = Unit.TIME) long ts,
        @About(value = "when it ended", unit = Unit.TIME, log = false) long seen,
        @About("id of the file") String fuid,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("protocol that carried it: HTTP, FTP_DATA, SSL") String source,
        @About("depth of the file in its connection") int depth,
        @About("what looked at it") List<String> analyzers,
        @About("type by content") @Nullable String mime_type,
        @About("name it was given") @Nullable String filename,
        @About(value = "first to last byte", unit = Unit.DURATION) long duration,
        @About("whether the sender is of the local networks") boolean local_orig,
        @About("whether the originator sent it") boolean is_orig,
        @About(value = "bytes seen", unit = Unit.BYTES) long seen_bytes,
        @About(value = "bytes announced", unit = Unit.BYTES) @Nullable Long total_bytes,
        @About(value = "bytes known to be missing", unit = Unit.BYTES) long missing_bytes,
        @About(value = "bytes out of order beyond the buffer", unit = Unit.BYTES)
                long overflow_bytes,
        @About("whether it ended by silence") boolean timedout,
        @About("MD5 of the whole file") @Nullable String md5,
        @About("SHA-1 of the whole file") @Nullable String sha1,
        @About("SHA-256 of the whole file") @Nullable String sha256,
        @About("name under files/ where it was kept") @Nullable String extracted,
        @About(value = "names of what is in an archive, 100 at most", log = false)
                @Nullable List<String> members,
        @About(value = "whether some of them are encrypted", log = false)
                @Nullable Boolean encrypted,
        @About(
                        value =
                                "of a form or text sent: signs that it means to be run (SQL, COMMAND …), PASSWORD where it carries one",
                        log = false)
                @Nullable List<String> signs,
        Carrier carrier)
        implements OfConnection {

    /// The same, not kept.
    public FileSeen notExtracted() {
        return with(null, carrier);
    }

    /// The same, carried by that.
    public FileSeen carriedBy(Carrier by) {
        return with(extracted, by);
    }

    private FileSeen with(@Nullable String extracted, Carrier carrier) {
        return new FileSeen(
                ts,
                seen,
                fuid,
                uid,
                id,
                source,
                depth,
                analyzers,
                mime_type,
                filename,
                duration,
                local_orig,
                is_orig,
                seen_bytes,
                total_bytes,
                missing_bytes,
                overflow_bytes,
                timedout,
                md5,
                sha1,
                sha256,
                extracted,
                members,
                encrypted,
                signs,
                carrier);
    }

    /// What is known of the message that carried a file when its first byte came.
    public record Carrier(
            @About(value = "number of the transaction in its connection, from 1", log = false)
                    @Nullable Integer depth,
            @About(value = "HTTP method, or FTP command", log = false) @Nullable String method,
            @About(value = "value of the Host header", log = false) @Nullable String host,
            @About(value = "target of the request", log = false) @Nullable String uri,
            @About(value = "HTTP version", log = false) @Nullable String version,
            @About(value = "value of the User-Agent header", log = false)
                    @Nullable String user_agent,
            @About(value = "value of the Referer header", log = false) @Nullable String referrer,
            @About(value = "status code", log = false) @Nullable Integer status_code,
            @About(value = "type as it was declared", log = false) @Nullable String content_type,
            @About(value = "which octets of the whole these are: bytes 500-999/8000", log = false)
                    @Nullable String content_range)
            implements Stored {

        /// Nothing is known.
        public static final Carrier NONE =
                new Carrier(null, null, null, null, null, null, null, null, null, null);

        /// An FTP transfer.
        public static Carrier ftp(@Nullable String command) {
            return new Carrier(null, command, null, null, null, null, null, null, null, null);
        }
    }
}
