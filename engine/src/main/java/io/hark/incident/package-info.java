/// What belongs together: findings made into incidents, with who played which role, in which order
/// of tactics, and why each is counted to it.
///
/// Sees `event`, `engagement` and `schema`. Start with [io.hark.incident.Incidents].
@NullMarked
package io.hark.incident;

import org.jspecify.annotations.NullMarked;
