package io.hark.parse.quic;

import io.hark.bytes.Bytes;
import io.hark.format.quic.PacketKeys;
import io.hark.format.quic.PacketKeys.Unmasked;
import org.jspecify.annotations.Nullable;

/// What opens the packets of one side at one level of encryption, over updates of its keys.
///
/// *Thread*: the worker that owns the connection. *Source*: RFC 9001 §6.
final class Level {

    /// Packets in a row that may fail to open before nobody tries any more: what was reordered over
    /// an update of keys, and strays.
    private static final int MAX_MISSES = 256;

    private @Nullable PacketKeys keys;
    private @Nullable PacketKeys before; // the keys of the last phase, for what comes late
    private @Nullable PacketKeys next;
    private boolean phase;
    private long largest = -1;
    private int misses;

    /// Whether there are keys.
    boolean isReady() {
        return keys != null;
    }

    /// Whether packets do not open, for good.
    boolean isLost() {
        return misses > MAX_MISSES;
    }

    /// Opens with these from now on.
    void use(PacketKeys fresh) {
        keys = fresh;
    }

    /// The frames of a packet, or null where no keys open it.
    ///
    /// @param from where the packet begins in `in`
    /// @param number where its number begins
    /// @param to where it ends
    byte @Nullable [] open(Bytes in, int from, int number, int to) {
        PacketKeys current = keys;
        Unmasked packet =
                current == null || isLost() ? null : current.unmask(in, from, number, to, largest);
        if (current == null || packet == null) {
            return null;
        }
        byte[] frames = packet.phase() == phase ? current.open(packet) : turned(current, packet);
        if (frames == null) {
            misses++;
        } else {
            misses = 0;
            largest = Math.max(largest, packet.number());
        }
        return frames;
    }

    /// A packet of the other phase: its sender has new keys, or it comes late.
    private byte @Nullable [] turned(PacketKeys current, Unmasked packet) {
        PacketKeys fresh = next == null ? current.updated() : next;
        next = fresh;
        byte[] frames = packet.number() < largest ? null : fresh.open(packet);
        if (frames != null) {
            before = current;
            keys = fresh;
            next = null;
            phase = packet.phase();
        } else if (before != null) {
            frames = before.open(packet);
        }
        return frames;
    }
}
