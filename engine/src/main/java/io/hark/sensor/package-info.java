/// The roof: the only place that knows everybody. Wires a packet's way from source to writers, and
/// runs what lives above the wall.
///
/// Sees everything. Of the part above the wall, start with [io.hark.sensor.KeyedRunner].
@NullMarked
package io.hark.sensor;

import org.jspecify.annotations.NullMarked;
