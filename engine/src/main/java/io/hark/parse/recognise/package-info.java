/// Protocols that are recognised and not read: their connections bear their names.
///
/// Sees the ground and the wall. Start with [io.hark.parse.recognise.Recognition].
@NullMarked
package io.hark.parse.recognise;

import org.jspecify.annotations.NullMarked;
