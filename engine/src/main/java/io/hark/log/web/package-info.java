/// Logs of web servers, load balancers and proxies.
///
/// Sees the ground and the wall, never a sibling. Start with [io.hark.log.web.AccessLog].
@NullMarked
package io.hark.log.web;

import org.jspecify.annotations.NullMarked;
