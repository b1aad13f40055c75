/// PowerShell Empire over HTTP: routing packets under the staging key, stages, tasks and results
/// under the session key.
///
/// Sees the ground. Start with [io.hark.decode.empire.Empire].
@NullMarked
package io.hark.decode.empire;

import org.jspecify.annotations.NullMarked;
