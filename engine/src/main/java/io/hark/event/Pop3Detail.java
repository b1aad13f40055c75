package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A POP3 command and its reply, for logs that have a line a command. Passwords are never kept, nor
/// are mails.
@Named(
        value = "pop3_detail",
        log = "-",
        detailOf = Mailbox.class,
        about = "a POP3 command and its reply")
public record Pop3Detail(
        @About(value = "time of the command, or of the greeting", unit = Unit.TIME) long ts,
        @About(value = "time of the reply, or when it was given up", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("command; absent where the server spoke first") @Nullable String command,
        @About("its arguments, without those that are secret") List<String> arguments,
        @About("whether the server said +OK; absent without a reply") @Nullable Boolean success,
        @About("what the server said beside that") @Nullable String reply)
        implements OfConnection {

    /// Keeps its own copy.
    public Pop3Detail {
        arguments = List.copyOf(arguments);
    }
}
