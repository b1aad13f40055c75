/// PlugX over TCP.
///
/// Sees the ground. Start with [io.hark.decode.plugx.PlugX].
@NullMarked
package io.hark.decode.plugx;

import org.jspecify.annotations.NullMarked;
