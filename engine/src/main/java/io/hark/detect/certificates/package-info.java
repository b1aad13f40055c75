/// Certificates of servers that change hands.
///
/// Sees the ground and the wall. Start with [io.hark.detect.certificates.ChangedCertificates].
@NullMarked
package io.hark.detect.certificates;

import org.jspecify.annotations.NullMarked;
