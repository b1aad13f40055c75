/// Hosts that put themselves between others: by forged ARP, by answers to names that are not
/// theirs.
///
/// Sees the ground and the wall.
@NullMarked
package io.hark.detect.middle;

import org.jspecify.annotations.NullMarked;
