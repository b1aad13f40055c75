package io.hark;

import io.hark.bytes.Digests;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/// What inputs are gathered by: exact, never a hash, so that two things never become one.
///
/// A detector of pairs uses the addresses, a decoder its session id as `name`; who uses only the
/// name leaves the rest at [#NOBODY] and 0. Its order and its hash are the same on every machine.
///
/// *Thread*: immutable, any thread.
///
/// @param host who it is about, or [#NOBODY]
/// @param peer whom that one talks to, or [#NOBODY]
/// @param port the peer's port, or 0
/// @param name whatever else tells keys apart: `tcp`, a server name, a session id
public record Key(Addr host, Addr peer, int port, String name) implements Stored, Comparable<Key> {

    /// The address of no host: what stands where a key has none.
    public static final Addr NOBODY = new Addr(0, 0);

    private static final int ID_OCTETS =
            10; // 80 bits: ids of a case's findings do not collide by chance

    /// A key that is only a name.
    public static Key of(String name) {
        return new Key(NOBODY, NOBODY, 0, name);
    }

    /// A stable id for what `watcher` says about this key: the same on every run and engine.
    public String idFor(String watcher) {
        String name = watcher + '|' + this;
        byte[] digest = Digests.sha256(name.getBytes(StandardCharsets.UTF_8));
        return HexFormat.of().formatHex(digest, 0, ID_OCTETS);
    }

    @Override
    public int compareTo(Key other) {
        int order = host.compareTo(other.host);
        order = order != 0 ? order : peer.compareTo(other.peer);
        order = order != 0 ? order : Integer.compare(port, other.port);
        return order != 0 ? order : name.compareTo(other.name);
    }

    @Override
    public int hashCode() {
        return ((host.hashCode() * 31 + peer.hashCode()) * 31 + port) * 31 + name.hashCode();
    }

    /// Text that tells any two keys apart: `10.0.0.1>10.0.0.2:443 tcp`; of a key without hosts and
    /// port, ` name` with its space.
    @Override
    public String toString() {
        boolean bare = port == 0 && host.equals(NOBODY) && peer.equals(NOBODY);
        return bare ? ' ' + name : host + ">" + peer + ':' + port + ' ' + name;
    }
}
