/// Data gathered from many hosts before it leaves.
///
/// Sees the ground and the wall. Start with [io.hark.detect.staging.Staging].
@NullMarked
package io.hark.detect.staging;

import org.jspecify.annotations.NullMarked;
