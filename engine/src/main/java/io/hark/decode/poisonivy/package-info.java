/// Poison Ivy.
///
/// Sees the ground. Start with [io.hark.decode.poisonivy.PoisonIvy].
@NullMarked
package io.hark.decode.poisonivy;

import org.jspecify.annotations.NullMarked;
