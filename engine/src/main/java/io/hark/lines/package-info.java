/// Text inputs: bytes → lines → the parser whose line it is → [io.hark.event.LogEvent]s. Drives
/// line parsers as `wire` drives the others, and knows none.
///
/// Logs whose rows are events that another monitor told become those events.
///
/// Sees the ground, the wall, and of `wire` how an input is opened. Start with
/// [io.hark.lines.TextInput]; lines that arrive piece by piece are for [io.hark.lines.LogInput].
@NullMarked
package io.hark.lines;

import org.jspecify.annotations.NullMarked;
