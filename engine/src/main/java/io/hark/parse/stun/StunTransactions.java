package io.hark.parse.stun;

import io.hark.Connection;
import io.hark.bytes.Bytes;
import io.hark.event.Stun;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Pairs requests and answers of one connection, whichever side asks.
///
/// Clients ask the same again and again to keep a way open: what differs in nothing from the last
/// thing that was said is not said again.
///
/// *Thread*: the worker that owns the connection.
final class StunTransactions {

    private static final int MAX_OPEN = 32; // asked ahead of answers; the oldest is given up
    private static final int MAX_SAID = 64; // different exchanges of one connection that are kept
    private static final int INDICATION = 1;
    private static final int SUCCESS = 2;
    private static final int ERROR = 3;

    private final Connection connection;
    private final List<Asked> open = new ArrayList<>(1);
    private final List<Said> said = new ArrayList<>(1);

    private record Asked(long ts, StunMessage message) {}

    /// What makes an exchange worth a row of its own.
    private record Said(
            String method,
            int kind,
            int error,
            @Nullable String username,
            StunMessage.@Nullable Place mapped,
            StunMessage.@Nullable Place relayed,
            StunMessage.@Nullable Place peer) {}

    StunTransactions(Connection connection) {
        this.connection = connection;
    }

    void message(Bytes in) {
        StunMessage message = StunMessage.read(in);
        if (!in.ok()) {
            return;
        }
        connection.confirm();
        if (message.kind() == INDICATION) {
            say(null, message);
        } else if (message.kind() != 0) {
            say(take(message), message);
        } else {
            take(message); // asked again
            if (open.size() == MAX_OPEN) {
                say(open.removeFirst(), null);
            }
            open.add(new Asked(connection.now(), message));
        }
    }

    void close() {
        for (Asked asked : open) {
            say(asked, null);
        }
        open.clear();
    }

    private @Nullable Asked take(StunMessage answer) {
        for (int i = 0; i < open.size(); i++) {
            StunMessage asked = open.get(i).message;
            if (asked.transactionLow == answer.transactionLow
                    && asked.transactionHigh == answer.transactionHigh) {
                return open.remove(i);
            }
        }
        return null;
    }

    private void say(@Nullable Asked asked, @Nullable StunMessage answer) {
        StunMessage request = asked == null ? null : asked.message;
        StunMessage lead = answer == null ? request : answer;
        if (lead == null) {
            return;
        }
        StunMessage first = request == null ? lead : request;
        StunMessage.Place peer = first.peer == null ? lead.peer : first.peer;
        String username = first.username == null ? lead.username : first.username;
        int kind = answer == null ? 0 : answer.kind();
        Said row =
                new Said(
                        lead.method(), kind, lead.error, username, lead.mapped, lead.relayed, peer);
        if (said.size() >= MAX_SAID || said.contains(row)) {
            return;
        }
        said.add(row);
        long now = connection.now();
        connection.emit(
                new Stun(
                        asked == null ? now : asked.ts,
                        now,
                        connection.uid(),
                        connection.id(),
                        connection.proto(),
                        lead.method(),
                        switch (kind) {
                            case INDICATION -> "indication";
                            case SUCCESS -> "success";
                            case ERROR -> "error";
                            default -> null;
                        },
                        lead.error == 0 ? null : Integer.valueOf(lead.error),
                        username,
                        lead.realm == null ? first.realm : lead.realm,
                        lead.software == null ? first.software : lead.software,
                        lead.mapped == null ? null : lead.mapped.host(),
                        lead.mapped == null ? null : Integer.valueOf(lead.mapped.port()),
                        lead.relayed == null ? null : lead.relayed.host(),
                        lead.relayed == null ? null : Integer.valueOf(lead.relayed.port()),
                        peer == null ? null : peer.host(),
                        peer == null ? null : Integer.valueOf(peer.port())));
    }
}
