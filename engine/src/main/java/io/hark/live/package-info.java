/// Frames from interfaces, as they pass.
///
/// [io.hark.live.Live] is the source; it reads [io.hark.live.Tap]s, one an interface: a
/// [io.hark.live.Ring] shared with the Linux kernel, or libpcap where that cannot be. Filters are
/// compiled by libpcap ([io.hark.live.Filter]), and [io.hark.live.Privileges] are given up once all
/// is open.
///
/// Sees the ground, `wire` (it fills its chunks) and the door to native code. Start with
/// [io.hark.live.Live].
@NullMarked
package io.hark.live;

import org.jspecify.annotations.NullMarked;
