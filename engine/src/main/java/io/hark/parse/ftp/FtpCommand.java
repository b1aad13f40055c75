package io.hark.parse.ftp;

import io.hark.Connection;
import io.hark.event.FtpDetail;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A command that the client sent, and what has come of it so far.
final class FtpCommand {

    /// What stands for a command where the server speaks first.
    static final String GREETING = "<init>";

    /// The commands that become events, as Zeek's `FTP::logged_commands`.
    private static final Set<String> SHOWN =
            Set.of("APPE", "DELE", "RETR", "STOR", "STOU", "ACCT", "PORT", "PASV", "EPRT", "EPSV");

    /// The commands whose argument is a path that is shown as a URL.
    private static final Set<String> OF_FILES = Set.of("APPE", "DELE", "RETR", "STOR", "STOU");

    /// The most replies to one command that are kept: one that announces, one that ends it, and
    /// some room for servers that say more.
    private static final int MAX_REPLIES = 8;

    private static final Set<String> TRANSFERS =
            Set.of("RETR", "STOR", "STOU", "APPE", "LIST", "NLST", "MLSD");

    final long ts;
    final String name;
    final String argument;
    int code;
    String message = "";
    List<String> codes = List.of();
    List<String> replies = List.of();
    @Nullable Long fileSize;
    @Nullable FtpTransfer transfer;
    @Nullable Boolean passive;
    @Nullable Addr dataOrigin;
    @Nullable Addr dataHost;
    @Nullable Integer dataPort;

    FtpCommand(long ts, String name, String argument) {
        this.ts = ts;
        this.name = name;
        this.argument = argument;
    }

    /// Whether the client sent it.
    boolean isSent() {
        return !name.equals(GREETING);
    }

    boolean isShown() {
        return SHOWN.contains(name);
    }

    boolean isOfFile() {
        return OF_FILES.contains(name);
    }

    boolean isTransfer() {
        return TRANSFERS.contains(name);
    }

    /// Whether its last reply has come; those from 100 to 199 announce another.
    boolean isAnswered() {
        return code >= 200;
    }

    /// A reply of it has come; the first few are kept.
    void replied(String code, String text) {
        if (codes.isEmpty()) {
            codes = new ArrayList<>(2);
            replies = new ArrayList<>(2);
        }
        if (codes.size() < MAX_REPLIES) {
            codes.add(code);
            replies.add(text);
        }
    }

    /// Whether its argument is a secret.
    boolean isSecret() {
        return name.equals("PASS") || name.equals("ACCT");
    }

    /// All that came of it.
    ///
    /// @param number its number in the connection, from 0
    /// @param mask what is shown for the argument, or null for the argument
    FtpDetail detail(Connection connection, int number, @Nullable String mask) {
        return new FtpDetail(
                ts,
                connection.now(),
                connection.uid(),
                connection.id(),
                number,
                isSent() ? name : null,
                argument.isEmpty() ? null : mask == null ? argument : mask,
                List.copyOf(codes),
                List.copyOf(replies),
                passive,
                dataPort,
                argument.length() >= FtpSession.MAX_SHOWN,
                message.length() >= FtpSession.MAX_SHOWN);
    }

    /// Where the data connection goes.
    void channel(boolean clientOpens, Addr from, Addr to, int port) {
        passive = clientOpens;
        dataOrigin = from;
        dataHost = to;
        dataPort = port;
    }
}
