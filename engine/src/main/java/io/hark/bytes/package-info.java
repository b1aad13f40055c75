/// Bytes as they came: the cursor, checksums, and the codecs and ciphers that C2 authors like.
///
/// Sees nothing of Hark. Start with [io.hark.bytes.Bytes].
@NullMarked
package io.hark.bytes;

import org.jspecify.annotations.NullMarked;
