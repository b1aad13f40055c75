/// Programs of adversaries that are known by how they greet, where what they say cannot be read.
///
/// Sees the ground. Start with [io.hark.detect.knownc2.KnownC2].
@NullMarked
package io.hark.detect.knownc2;

import org.jspecify.annotations.NullMarked;
