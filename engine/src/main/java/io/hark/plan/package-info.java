/// What the declared sensors and logs can tell of the techniques of adversaries, what they cannot,
/// and what would help most; and how that compares with what a case holds.
///
/// Sees the ground, `incident` for the tactics, and `sensor` for what this build has of each shape.
/// Start with [io.hark.plan.Plan].
@NullMarked
package io.hark.plan;

import org.jspecify.annotations.NullMarked;
