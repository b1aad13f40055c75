/// Traffic that is encrypted by no protocol that is known.
///
/// Sees the ground and the wall. Start with [io.hark.detect.unknowncipher.UnknownEncryption].
@NullMarked
package io.hark.detect.unknowncipher;

import org.jspecify.annotations.NullMarked;
