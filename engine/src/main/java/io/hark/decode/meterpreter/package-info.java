/// Meterpreter.
///
/// Sees the ground. Start with [io.hark.decode.meterpreter.Meterpreter].
@NullMarked
package io.hark.decode.meterpreter;

import org.jspecify.annotations.NullMarked;
