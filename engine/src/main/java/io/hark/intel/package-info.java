/// What others know to be bad: lists of addresses, names and fingerprints, and the look-ups that
/// detectors ask.
///
/// Sees `io.hark` and `schema`. Start with [io.hark.intel.IntelFile].
@NullMarked
package io.hark.intel;

import org.jspecify.annotations.NullMarked;
