/// Calls to places outside that hardly anybody else of the site calls.
///
/// Sees the ground and the wall. Start with [io.hark.detect.rare.RarePlaces].
@NullMarked
package io.hark.detect.rare;

import org.jspecify.annotations.NullMarked;
