/// Protocols that are recognised and not read: their connections bear their names.
///
/// What octets at fixed places and a length tell has a row in [io.hark.parse.recognise.StreamSigns]
/// or [io.hark.parse.recognise.DatagramSigns]; what needs more has a parser of its own, a
/// [io.hark.parse.recognise.Recognition].
///
/// Sees the ground and the wall. Start with [io.hark.parse.recognise.Sign].
@NullMarked
package io.hark.parse.recognise;

import org.jspecify.annotations.NullMarked;
