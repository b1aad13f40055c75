/// What decoders read of an adversary's conversation, as a finding.
///
/// Sees the ground. Start with [io.hark.detect.decoded.DecodedC2].
@NullMarked
package io.hark.detect.decoded;

import org.jspecify.annotations.NullMarked;
