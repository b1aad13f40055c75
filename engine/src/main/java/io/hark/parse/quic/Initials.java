package io.hark.parse.quic;

import io.hark.bytes.Bytes;
import io.hark.format.quic.PacketKeys;
import io.hark.format.quic.PacketKeys.Unmasked;
import io.hark.format.quic.QuicVersion;
import org.jspecify.annotations.Nullable;

/// Opens the Initial packets of one connection, in whichever version each is.
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 9001 §5.2; RFC 9369 §4.1 for a
/// server that answers in another version than the client's.
final class Initials {

    private byte @Nullable [] destination; // the id that the keys come from
    private @Nullable QuicVersion version;
    private @Nullable PacketKeys client;
    private @Nullable PacketKeys server;

    /// What comes now has keys of that id.
    void turn(byte[] id) {
        destination = id;
        version = null;
        client = null;
        server = null;
    }

    /// The frames of the packet with that header at `at`, or null where nothing opens it.
    ///
    /// A client's packet that the keys do not open may be the first of another connection, or one
    /// after a Retry that was not seen.
    byte @Nullable [] open(Bytes in, LongHeader header, int at, boolean byClient) {
        byte[] salt = header.version.salt();
        if (salt == null) {
            return null;
        }
        byte[] known = destination;
        if (known != null) {
            use(header.version, salt, known);
            byte[] frames = frames(byClient ? client : server, in, header, at);
            if (frames != null) {
                return frames;
            }
        }
        if (!byClient) {
            return null;
        }
        byte[] own = header.destination(in);
        PacketKeys keys = PacketKeys.initial(header.version, salt, own, true);
        byte[] frames = frames(keys, in, header, at);
        if (frames != null) {
            turn(own);
        }
        return frames;
    }

    private void use(QuicVersion spoken, byte[] salt, byte[] of) {
        if (version == null || version.number() != spoken.number()) {
            version = spoken;
            client = PacketKeys.initial(spoken, salt, of, true);
            server = PacketKeys.initial(spoken, salt, of, false);
        }
    }

    private static byte @Nullable [] frames(
            @Nullable PacketKeys keys, Bytes in, LongHeader header, int at) {
        Unmasked packet =
                keys == null ? null : keys.unmask(in, at, header.numberAt, header.end, -1);
        return packet == null || keys == null ? null : keys.open(packet);
    }
}
