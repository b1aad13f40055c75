/// Codings and ciphers that authors of C2 like, each invertible: text codings, ciphers,
/// compression.
///
/// Sees nothing but the JDK and Bouncy Castle. Start with [io.hark.bytes.codec.Codec].
@NullMarked
package io.hark.bytes.codec;

import org.jspecify.annotations.NullMarked;
