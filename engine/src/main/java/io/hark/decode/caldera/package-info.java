/// The agents of MITRE Caldera: Sandcat over HTTP, Manx over TCP and UDP. They share the profile an
/// agent tells about its host.
///
/// Sees the ground. Start with [io.hark.decode.caldera.Sandcat].
@NullMarked
package io.hark.decode.caldera;

import org.jspecify.annotations.NullMarked;
