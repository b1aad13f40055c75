/// Inner bytes on their way across the wall: pieces of a stream, datagrams, HTTP exchanges, DNS
/// transactions, payloads of echoes. Inspectors below hand them on, decoders above read them.
///
/// What decoders take out of tunnels goes the other way round, as [io.hark.carry.Inner].
///
/// Sees `event` and `schema`. Start with [io.hark.carry.Carried].
@NullMarked
package io.hark.carry;

import org.jspecify.annotations.NullMarked;
