/// HTTP/1.x and what is left of 0.9: requests and answers, bodies handed on as they go by.
///
/// Sees the ground and the wall. Start with [io.hark.parse.http.HttpParser], then `HttpSession`.
@NullMarked
package io.hark.parse.http;

import org.jspecify.annotations.NullMarked;
