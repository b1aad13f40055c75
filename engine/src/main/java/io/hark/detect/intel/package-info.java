/// What lists of indicators name.
///
/// Sees the ground and the wall. Start with [io.hark.detect.intel.Listed].
@NullMarked
package io.hark.detect.intel;

import org.jspecify.annotations.NullMarked;
