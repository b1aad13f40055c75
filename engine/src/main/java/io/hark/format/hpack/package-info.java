/// Header compression of HTTP/2 and HTTP/3: names and values out of blocks, with the tables that
/// both sides keep.
///
/// Sees `bytes`. Start with [io.hark.format.hpack.HpackReader], of which QpackReader is the
/// sibling.
@NullMarked
package io.hark.format.hpack;

import org.jspecify.annotations.NullMarked;
