/// Protocols on ports of other protocols.
///
/// Sees the ground and the wall. Start with [io.hark.detect.ports.OddPorts].
@NullMarked
package io.hark.detect.ports;

import org.jspecify.annotations.NullMarked;
