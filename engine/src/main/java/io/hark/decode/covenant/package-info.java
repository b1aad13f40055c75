/// Covenant's Grunt over HTTP.
///
/// Sees the ground. Start with [io.hark.decode.covenant.Covenant].
@NullMarked
package io.hark.decode.covenant;

import org.jspecify.annotations.NullMarked;
