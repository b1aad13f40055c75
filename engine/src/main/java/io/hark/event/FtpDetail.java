package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Any FTP command and its replies, for logs that have a line a command. The password is never
/// kept.
@Named(
        value = "ftp_detail",
        log = "-",
        detailOf = Ftp.class,
        about = "any FTP command and its replies")
public record FtpDetail(
        @About(value = "time of the command", unit = Unit.TIME) long ts,
        @About(value = "time of the last reply", unit = Unit.TIME, log = false) long seen,
        @About("id of the control connection") String uid,
        Endpoints id,
        @About("number of the command in its connection, from 0") int number,
        @About("command; absent where the server spoke first") @Nullable String command,
        @About("its argument, as it was sent") @Nullable String arg,
        @About("codes of the replies") List<String> reply_codes,
        @About("texts of the replies, without code") List<String> replies,
        @About("whether the client opens the data connection") @Nullable Boolean passive,
        @About("port that was agreed on for it") @Nullable Integer data_port,
        @About("whether the command was cut for its length") boolean command_cut,
        @About("whether a reply was cut for its length") boolean reply_cut)
        implements OfConnection {}
