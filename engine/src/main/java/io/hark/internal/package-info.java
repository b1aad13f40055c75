/// What packages of ours share and nobody else may use: so far the one door to native code.
///
/// Sees the JDK only. Start with [io.hark.internal.Native].
@NullMarked
package io.hark.internal;

import org.jspecify.annotations.NullMarked;
