package io.hark;

import java.util.ArrayList;
import java.util.List;

/// What one connection said that a secret may still open: kept in its order until the secret comes,
/// or too much has come.
///
/// *Thread*: the worker that owns the connection.
public final class Withheld<T> {

    /// The most octets of a connection: a handshake with its certificates and the first answer. A
    /// program writes its key log before it says anything under the keys.
    public static final int MAX_OCTETS = 1 << 16;

    private static final int OVERHEAD = 64; // of a piece, beside its octets

    private final SessionSecrets secrets;
    private List<T> pieces = List.of();
    private int octets;

    /// Nothing kept yet, of what these secrets may open.
    public Withheld(SessionSecrets secrets) {
        this.secrets = secrets;
    }

    /// Keeps a piece of so many octets; answers whether there was room.
    public boolean add(T piece, int size) {
        int more = size + OVERHEAD;
        if (octets + more > MAX_OCTETS || !secrets.reserve(more)) {
            return false;
        }
        if (pieces.isEmpty()) {
            pieces = new ArrayList<>();
        }
        pieces.add(piece);
        octets += more;
        return true;
    }

    /// All of it in order; nothing is kept any more.
    public List<T> release() {
        List<T> all = pieces;
        pieces = List.of();
        secrets.release(octets);
        octets = 0;
        return all;
    }
}
