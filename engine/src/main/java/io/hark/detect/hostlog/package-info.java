/// What hosts log of themselves: services and tasks that were made, logs that were cleared or have
/// holes, storage that was plugged in, logins from new places.
///
/// Sees the ground and the wall. Start with [io.hark.detect.hostlog.HostChanges].
@NullMarked
package io.hark.detect.hostlog;

import org.jspecify.annotations.NullMarked;
