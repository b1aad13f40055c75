/// Packets that are kept, and found again without reading them all.
///
/// *Shape*: `packets/000000.pcapng` and further files, each a row of sections of about a megabyte;
/// a section is a whole capture of its own, packed by itself where that was asked for, so that a
/// file is read by any program and a section without the rest. Beside each file an index says which
/// connections a section has packets of.
@NullMarked
package io.hark.packets;

import org.jspecify.annotations.NullMarked;
