/// Inner bytes on their way across the wall: pieces of a stream, datagrams, payloads of echoes, and
/// what parsers offer whole: HTTP exchanges, DNS transactions, messages of WebSockets, mails,
/// files. Inspectors below hand them on, decoders above read them.
///
/// What decoders take out of tunnels goes the other way round, as [io.hark.carry.Inner].
///
/// Sees `event` and `schema`. Start with [io.hark.carry.Carried].
@NullMarked
package io.hark.carry;

import org.jspecify.annotations.NullMarked;
