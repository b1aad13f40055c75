/// HTTP/2: requests and answers out of its streams, bodies handed on as they go by.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.http2.Http2Parser], then `Http2Session`.
@NullMarked
package io.hark.parse.http2;

import org.jspecify.annotations.NullMarked;
