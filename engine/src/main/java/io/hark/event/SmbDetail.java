package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// An SMB 2 or 3 request and its answer, for logs that have a line for each.
@Named(
        value = "smb_detail",
        log = "-",
        detailOf = SmbFile.class,
        about = "an SMB 2 or 3 request and its answer",
        sight = Sight.SEALED)
public record SmbDetail(
        @About(value = "time of the request, or of the answer by itself", unit = Unit.TIME) long ts,
        @About(value = "time of the answer, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("number of the request in its connection, from 1") int number,
        @About("version agreed upon, as the server writes it; 0 before") int dialect,
        @About("number of the command") int command,
        @About("the answer's status; absent where there is none") @Nullable Long status,
        @About("id of the session") long session_id,
        @About("id of the share's connection") long tree_id,
        @About("path of the share: asked for, or that the file is on") @Nullable String share,
        @About("1 disk, 2 pipe, 3 printer; of the share asked for") @Nullable Integer share_type,
        @About("name of the file, or of the folder") @Nullable String filename,
        @About("whether a folder is asked for") boolean directory,
        @About("id of the file") @Nullable String fuid,
        @About("what to do where the file is there, or is not") @Nullable Integer disposition,
        @About("whether the file goes when it is closed") boolean delete_on_close,
        @About(value = "made", unit = Unit.TIME) long created,
        @About(value = "read last", unit = Unit.TIME) long accessed,
        @About(value = "written last", unit = Unit.TIME) long modified,
        @About(value = "changed last", unit = Unit.TIME) long changed,
        @About(value = "size", unit = Unit.BYTES) @Nullable Long size,
        @About("name that the file is given") @Nullable String renamed,
        @About("domain of who logs on by NTLM") @Nullable String ntlm_domain,
        @About("who logs on by NTLM") @Nullable String ntlm_user,
        @About("name of the client in NTLM") @Nullable String ntlm_host,
        @About("the client's system and NTLM: 10.0 build 19041 rev 15")
                @Nullable String ntlm_version)
        implements OfConnection {}
