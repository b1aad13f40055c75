/// Gh0st and its variants.
///
/// Sees the ground. Start with [io.hark.decode.gh0st.Ghost].
@NullMarked
package io.hark.decode.gh0st;

import org.jspecify.annotations.NullMarked;
