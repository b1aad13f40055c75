/// What belongs together: findings made into incidents, with who took which part, in which order of
/// tactics, and why each is counted to it.
///
/// Sees `event`, `engagement` and `schema`. Start with [io.hark.incident.Incidents].
@NullMarked
package io.hark.incident;

import org.jspecify.annotations.NullMarked;
