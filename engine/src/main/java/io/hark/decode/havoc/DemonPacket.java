package io.hark.decode.havoc;

import io.hark.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// What a Demon posts.
///
/// ```
/// size:u32 magic:u32 agent:u32 command:u32 request:u32 (BE) | data, under AES-256-CTR but for the first check-in's keys
/// ```
///
/// *Source*: HavocFramework/Havoc (`teamserver/pkg/agent/agent.go`).
///
/// @param magic of the server, 0xDEADBEEF unless changed
/// @param agent who speaks
/// @param command what about
/// @param request the job it answers
/// @param data what follows
record DemonPacket(long magic, long agent, long command, long request, byte[] data) {

    /// The magic of a server that nobody changed.
    static final long MAGIC = 0xdead_beefL;

    /// The first check-in.
    static final long INIT = 99;

    private static final int HEADER = 20;

    /// The packet that a body is, or null: its size must be that of what follows it.
    static @Nullable DemonPacket read(byte[] body) {
        if (body.length < HEADER) {
            return null;
        }
        Bytes in = Bytes.of(body);
        long size = in.u32();
        if (size != body.length - 4 && size != body.length) {
            return null;
        }
        return new DemonPacket(in.u32(), in.u32(), in.u32(), in.u32(), in.take(in.remaining()));
    }

    String name() {
        return "%08x".formatted(agent);
    }
}
