/// Cuts the pieces of a stream into frames, pull style: a decoder says how frames are marked off
/// and asks for the next one; what is not whole yet, gaps, limits and the state between pieces are
/// not its business.
///
/// Sees `carry`, `event`, `schema`, `bytes`. Start with [io.hark.carry.frame.FrameReader].
@NullMarked
package io.hark.carry.frame;

import org.jspecify.annotations.NullMarked;
