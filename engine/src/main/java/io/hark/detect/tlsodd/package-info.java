/// TLS that ordinary programs do not speak: unnamed servers with certificates of their own making.
///
/// Sees the ground and the wall. Start with [io.hark.detect.tlsodd.OddTls].
@NullMarked
package io.hark.detect.tlsodd;

import org.jspecify.annotations.NullMarked;
