/// Redis: commands and replies.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.redis.RedisSession].
@NullMarked
package io.hark.parse.redis;

import org.jspecify.annotations.NullMarked;
