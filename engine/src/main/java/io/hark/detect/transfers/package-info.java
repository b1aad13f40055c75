/// More data out than ordinary.
///
/// Sees the ground and the wall. Start with [io.hark.detect.transfers.Transfers].
@NullMarked
package io.hark.detect.transfers;

import org.jspecify.annotations.NullMarked;
