/// Tunnels: programs that carry other traffic inside DNS, ICMP echoes or HTTP. What they carry is
/// handed on as [io.hark.carry.Inner] and read as traffic of its own.
///
/// A decoder tastes message by message, because one tunnel goes through many connections, servers
/// and resolvers. What tastes like a tunnel is carried up; a conversation is told of only once
/// something proves it: a handshake, a checksum, a packet that holds together.
///
/// Sees `event`, `carry`, `format`, `bytes`, `schema` and the shapes. Start with
/// [io.hark.decode.tunnel.Iodine].
@NullMarked
package io.hark.decode.tunnel;

import org.jspecify.annotations.NullMarked;
