/// Inspectors: what looks at bodies as they go by, one file each.
///
/// Sees the ground and the wall. Start with [io.hark.inspect.Hashes].
@NullMarked
package io.hark.inspect;

import org.jspecify.annotations.NullMarked;
