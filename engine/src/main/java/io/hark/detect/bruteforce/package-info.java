/// Guessing passwords.
///
/// Sees the ground and the wall. Start with [io.hark.detect.bruteforce.BruteForce].
@NullMarked
package io.hark.detect.bruteforce;

import org.jspecify.annotations.NullMarked;
