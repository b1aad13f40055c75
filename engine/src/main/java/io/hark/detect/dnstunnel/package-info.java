/// Data in DNS names and answers.
///
/// Sees the ground and the wall. Start with [io.hark.detect.dnstunnel.DnsTunnels].
@NullMarked
package io.hark.detect.dnstunnel;

import org.jspecify.annotations.NullMarked;
