package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// An FTP command and its reply. The password is never kept.
@Named(value = "ftp", about = "an FTP command and its reply")
public record Ftp(
        @About(value = "time of the command", unit = Unit.TIME) long ts,
        @About(value = "time of the reply", unit = Unit.TIME, log = false) long seen,
        @About("id of the control connection") String uid,
        Endpoints id,
        @About("user name given") String user,
        @About("masked; anonymous users' is shown, as it is no secret") @Nullable String password,
        @About("command") @Nullable String command,
        @About("its argument, file names as URL") @Nullable String arg,
        @About("type of the file, by content") @Nullable String mime_type,
        @About(value = "size of the file", unit = Unit.BYTES) @Nullable Long file_size,
        @About("reply code") @Nullable Integer reply_code,
        @About("reply text") @Nullable String reply_msg,
        @About(
                        value = "whether the client opens the data connection",
                        name = "data_channel.passive")
                @Nullable Boolean passive,
        @About(value = "who opens the data connection", name = "data_channel.orig_h")
                @Nullable Addr data_orig_h,
        @About(value = "who is called by it", name = "data_channel.resp_h")
                @Nullable Addr data_resp_h,
        @About(value = "at which port", name = "data_channel.resp_p") @Nullable Integer data_resp_p,
        @About("id of the file") @Nullable String fuid)
        implements OfConnection {}
