/// Names made up by a program.
///
/// Sees the ground and the wall. Start with [io.hark.detect.dga.MadeUpNames].
@NullMarked
package io.hark.detect.dga;

import org.jspecify.annotations.NullMarked;
