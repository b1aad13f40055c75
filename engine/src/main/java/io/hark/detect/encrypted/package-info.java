/// Traffic that is random from the first octet.
///
/// Sees the ground and the wall. Start with [io.hark.detect.encrypted.FullyEncrypted].
@NullMarked
package io.hark.detect.encrypted;

import org.jspecify.annotations.NullMarked;
