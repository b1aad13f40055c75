package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// What a client did with a file or folder of a share.
@Named(
        value = "smb_files",
        about = "what a client did with a file or folder of a share",
        sight = Sight.SEALED)
public record SmbFile(
        @About(value = "when", unit = Unit.TIME) long ts,
        @About(value = "when", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("id of the file, where its bytes went by") @Nullable String fuid,
        @About("SMB::FILE_OPEN, SMB::FILE_RENAME or SMB::FILE_DELETE") String action,
        @About("path of the share") @Nullable String path,
        @About("name in the share") String name,
        @About(value = "size", unit = Unit.BYTES) @Nullable Long size,
        @About("name before it was renamed") @Nullable String prev_name,
        @About(value = "written last", name = "times.modified", unit = Unit.TIME)
                @Nullable Long modified,
        @About(value = "read last", name = "times.accessed", unit = Unit.TIME)
                @Nullable Long accessed,
        @About(value = "made", name = "times.created", unit = Unit.TIME) @Nullable Long created,
        @About(value = "changed last, attributes too", name = "times.changed", unit = Unit.TIME)
                @Nullable Long changed)
        implements OfConnection {}
