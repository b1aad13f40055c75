/// Programs that try one server after another.
///
/// Sees the ground and the wall. Start with [io.hark.detect.fallback.FallbackChannels].
@NullMarked
package io.hark.detect.fallback;

import org.jspecify.annotations.NullMarked;
