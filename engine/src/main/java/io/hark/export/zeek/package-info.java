/// Zeek's logs, in JSON and in tab-separated columns.
///
/// Sees the ground and the wall. Start with [io.hark.export.zeek.ZeekPlan], which writes a row; a
/// [io.hark.export.zeek.Syntax] says how its values look.
@NullMarked
package io.hark.export.zeek;

import org.jspecify.annotations.NullMarked;
