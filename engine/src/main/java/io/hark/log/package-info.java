/// The log formats: one file per product, or a package of few. Each wears the shape
/// [io.hark.LineParser] and is found by the build.
///
/// Sees the ground and the wall, never a sibling. Start with [io.hark.log.Forcepoint], which is a
/// table and little more.
@NullMarked
package io.hark.log;

import org.jspecify.annotations.NullMarked;
