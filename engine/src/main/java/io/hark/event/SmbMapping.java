package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A share that a client connected to.
@Named(value = "smb_mapping", about = "a share that a client connected to", sight = Sight.SEALED)
public record SmbMapping(
        @About(value = "time of the request", unit = Unit.TIME) long ts,
        @About(value = "time of the answer", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("the share's path") @Nullable String path,
        @About("what the client wants of it, in SMB 1") @Nullable String service,
        @About("file system, in SMB 1") @Nullable String native_file_system,
        @About("DISK, PIPE or PRINT") @Nullable String share_type)
        implements OfConnection {}
