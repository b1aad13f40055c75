package io.hark.carry;

import io.hark.event.Endpoints;
import io.hark.event.Side;

/// A file that FTP transferred, cut at the budget.
///
/// @param side who sent it, on the data connection
/// @param command what it was transferred for: `STOR`; empty where that was not seen
/// @param name the name the command gave it; empty where that was not seen
/// @param bytes its first octets; empty while only the head is known
/// @param whole whether that is all
public record FilePiece(
        long ts,
        String uid,
        Endpoints id,
        String decoder,
        long sequence,
        Side side,
        String command,
        String name,
        byte[] bytes,
        boolean whole)
        implements Offered {

    @Override
    public FilePiece to(String reader, long place) {
        return new FilePiece(ts, uid, id, reader, place, side, command, name, bytes, whole);
    }
}
