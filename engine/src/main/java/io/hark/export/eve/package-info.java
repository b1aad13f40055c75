/// Suricata's EVE: one object an event with nested objects, in `eve.json`.
///
/// A kind of event comes out if one [io.hark.export.eve.EveMapping] says how; the build finds it.
/// Programs that read EVE do not expect what Suricata would not write, so other kinds are left out.
///
/// Sees the ground and the wall. Start with [io.hark.export.eve.EveLines], which writes what all
/// lines begin with, and [io.hark.export.eve.EveFtp], a small mapping.
@NullMarked
package io.hark.export.eve;

import org.jspecify.annotations.NullMarked;
