/// Beacons: programs that call the same place again and again on a schedule.
///
/// Sees the ground and the wall. Start with [io.hark.detect.beacons.Beacons]; the statistics are in
/// [io.hark.detect.beacons.Rhythm].
@NullMarked
package io.hark.detect.beacons;

import org.jspecify.annotations.NullMarked;
