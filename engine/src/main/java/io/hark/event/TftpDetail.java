package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;

/// A TFTP request, told when it is made, for logs that do not wait for the transfer.
@Named(value = "tftp_detail", log = "-", detailOf = Tftp.class, about = "a TFTP request")
public record TftpDetail(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the request", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("whether the client writes") boolean wrq,
        @About("name of the file") String fname,
        @About("mode: octet, netascii") String mode)
        implements OfConnection {}
