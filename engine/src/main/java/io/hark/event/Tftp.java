package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A TFTP request and the transfer that answers it.
@Named(value = "tftp", about = "a TFTP request and its transfer")
public record Tftp(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "when the transfer was over", unit = Unit.TIME, log = false) long seen,
        @About("id of the request's connection") String uid,
        Endpoints id,
        @About("whether the client writes") boolean wrq,
        @About("name of the file") String fname,
        @About("mode: octet, netascii") String mode,
        @About("id of the transfer's connection") @Nullable String uid_data,
        @About(value = "bytes transferred", unit = Unit.BYTES) @Nullable Long size,
        @About("number of the last block sent") @Nullable Integer block_sent,
        @About("code of the error that ended it") @Nullable Integer error_code,
        @About("text of the error that ended it") @Nullable String error_msg,
        @About("id of the file") @Nullable String fuid)
        implements OfConnection {}
