/// NetWire.
///
/// Sees the ground. Start with [io.hark.decode.netwire.NetWire].
@NullMarked
package io.hark.decode.netwire;

import org.jspecify.annotations.NullMarked;
