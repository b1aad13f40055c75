/// What attackers do with the protocols of Windows networks: remote execution, questions about
/// accounts and machines, attacks on the directory, forced logons, tickets.
///
/// Sees the ground and the wall. Most detectors here hold a table of [io.hark.detect.windows.Act]s
/// against what one host did at another, kept as an [io.hark.Trail]. Start with
/// [io.hark.detect.windows.RemoteExecution].
@NullMarked
package io.hark.detect.windows;

import org.jspecify.annotations.NullMarked;
