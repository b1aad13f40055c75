/// Remcos.
///
/// Sees the ground. Start with [io.hark.decode.remcos.Remcos].
@NullMarked
package io.hark.decode.remcos;

import org.jspecify.annotations.NullMarked;
