/// Source → frame → layer → connection → stream. Drives parsers, inspectors and tasters, knows none
/// of them.
///
/// One [io.hark.wire.Source] fills [io.hark.wire.Chunk]s and finds each frame's innermost packet
/// ([io.hark.wire.Layers]); every worker owns one [io.hark.wire.Engine] and takes the frames of its
/// host pairs. All memory on the way is native; objects are made per connection and per message,
/// never per frame.
///
/// Sees the ground and the wall. Start with [io.hark.wire.Source], then [io.hark.wire.Engine].
@NullMarked
package io.hark.wire;

import org.jspecify.annotations.NullMarked;
