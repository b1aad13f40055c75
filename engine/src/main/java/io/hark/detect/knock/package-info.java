/// Knocking at closed ports to open one.
///
/// Sees the ground and the wall. Start with [io.hark.detect.knock.PortKnocks].
@NullMarked
package io.hark.detect.knock;

import org.jspecify.annotations.NullMarked;
