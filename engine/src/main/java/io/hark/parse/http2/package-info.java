/// HTTP/2 and HTTP/3: requests and answers out of their streams, bodies handed on as they go by.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.http2.Http2Parser], then `Http2Session`; of HTTP/3 with `Http3Request`.
@NullMarked
package io.hark.parse.http2;

import org.jspecify.annotations.NullMarked;
