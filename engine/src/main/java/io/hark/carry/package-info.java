/// Inner bytes on their way across the wall: pieces of a stream, datagrams, HTTP exchanges, DNS
/// transactions, payloads of echoes. Inspectors below hand them on, decoders above read them.
///
/// Sees `event` and `schema`. Start with [io.hark.carry.Carried].
@NullMarked
package io.hark.carry;

import org.jspecify.annotations.NullMarked;
