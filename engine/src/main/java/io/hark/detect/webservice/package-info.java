/// Orders fetched from services that everybody uses.
///
/// Sees the ground and the wall. Start with [io.hark.detect.webservice.WebServices].
@NullMarked
package io.hark.detect.webservice;

import org.jspecify.annotations.NullMarked;
