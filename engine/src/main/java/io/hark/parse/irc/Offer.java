package io.hark.parse.irc;

import io.hark.Body;
import io.hark.Connection;
import io.hark.event.Endpoints;
import io.hark.event.Irc;
import org.jspecify.annotations.Nullable;

/// A file that one client offers another (DCC SEND): becomes an event when the file has gone by, or
/// when the IRC connection that carried the offer ends.
final class Offer {

    final String uid;
    private final Endpoints id;
    private final long ts;
    private final @Nullable String nick;
    private final @Nullable String user;
    private final @Nullable String channel;
    final String filename;
    final long size;
    private boolean told;

    Offer(
            Connection connection,
            @Nullable String nick,
            @Nullable String user,
            @Nullable String channel,
            String filename,
            long size) {
        this.uid = connection.uid();
        this.id = connection.id();
        this.ts = connection.now();
        this.nick = nick;
        this.user = user;
        this.channel = channel;
        this.filename = filename;
        this.size = size;
    }

    /// Tells it once, by the connection at hand.
    void tell(Connection by, @Nullable Body body) {
        if (!told) {
            told = true;
            by.emit(
                    new Irc(
                            ts,
                            by.now(),
                            uid,
                            id,
                            nick,
                            user,
                            "DCC",
                            channel,
                            "",
                            filename,
                            size < 0 ? null : size,
                            body == null ? null : body.mimeType(),
                            body == null ? null : body.fuid()));
        }
    }
}
