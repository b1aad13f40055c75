/// DNP3 over TCP and UDP.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.dnp3.Dnp3Stream].
@NullMarked
package io.hark.parse.dnp3;

import org.jspecify.annotations.NullMarked;
