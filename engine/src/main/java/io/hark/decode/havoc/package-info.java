/// Havoc's Demon over HTTP.
///
/// Sees the ground. Start with [io.hark.decode.havoc.Havoc].
@NullMarked
package io.hark.decode.havoc;

import org.jspecify.annotations.NullMarked;
