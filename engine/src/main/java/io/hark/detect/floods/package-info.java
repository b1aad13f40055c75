/// Load that no service asks for.
///
/// Sees the ground and the wall. Start with [io.hark.detect.floods.Floods].
@NullMarked
package io.hark.detect.floods;

import org.jspecify.annotations.NullMarked;
