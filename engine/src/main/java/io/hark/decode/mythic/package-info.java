/// Agents of Mythic over its http profile.
///
/// Sees the ground. Start with [io.hark.decode.mythic.Mythic].
@NullMarked
package io.hark.decode.mythic;

import org.jspecify.annotations.NullMarked;
