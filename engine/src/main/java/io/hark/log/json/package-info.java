/// Logs whose lines are JSON objects: Suricata, Windows, honeypots, and what others send under
/// ECS's names.
///
/// Sees the ground and the wall, never a sibling. Start with [io.hark.log.json.Eve].
@NullMarked
package io.hark.log.json;

import org.jspecify.annotations.NullMarked;
