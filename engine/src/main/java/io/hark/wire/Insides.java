package io.hark.wire;

import java.util.ArrayList;
import java.util.List;

/// What runs inside of one connection at a time.
///
/// *Thread*: the worker that owns the connection.
final class Insides {

    /// The most at once: tunnels of HTTP/2, with room. What comes beyond is read by nobody.
    private static final int MAX = 256;

    private List<Nested> open = List.of();

    /// One more, fed to `talk` as a stream or as datagrams.
    Nested add(Talk talk, boolean stream) {
        Nested nested = new Nested(talk, stream);
        if (open.isEmpty()) {
            open = new ArrayList<>(1);
        } else if (open.size() >= MAX) {
            open.removeIf(Nested::isClosed);
        }
        if (open.size() >= MAX) {
            nested.drop();
        } else {
            open.add(nested);
        }
        return nested;
    }

    /// Gives all their memory back without another word.
    void drop() {
        open.forEach(Nested::drop);
        open = List.of();
    }
}
