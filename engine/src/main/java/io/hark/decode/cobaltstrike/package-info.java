/// Cobalt Strike's beacon over HTTP: its configuration out of a stager's download, metadata, tasks
/// and callbacks.
///
/// Sees the ground. Start with [io.hark.decode.cobaltstrike.CobaltStrike].
@NullMarked
package io.hark.decode.cobaltstrike;

import org.jspecify.annotations.NullMarked;
