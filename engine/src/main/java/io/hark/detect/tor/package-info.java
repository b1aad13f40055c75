/// Tor, by the form of its certificates.
///
/// Sees the ground and the wall. Start with [io.hark.detect.tor.TorByCertificate].
@NullMarked
package io.hark.detect.tor;

import org.jspecify.annotations.NullMarked;
