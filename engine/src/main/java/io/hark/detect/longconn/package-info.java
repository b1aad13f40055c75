/// Connections that stay for hours.
///
/// Sees the ground and the wall. Start with [io.hark.detect.longconn.LongConnections].
@NullMarked
package io.hark.detect.longconn;

import org.jspecify.annotations.NullMarked;
