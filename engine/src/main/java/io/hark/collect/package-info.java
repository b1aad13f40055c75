/// The roof's other half: receivers of logs and flow exports, the journal that makes what they take
/// durable, and what brings it from there into a lake.
///
/// Sees everything. Start with [io.hark.collect.Collector]; `docs/decisions/0010-journal.md` says
/// what acknowledged means.
@NullMarked
package io.hark.collect;

import org.jspecify.annotations.NullMarked;
