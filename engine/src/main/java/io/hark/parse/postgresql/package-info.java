/// PostgreSQL: logins, statements and what came of them.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.postgresql.PostgresqlSession].
@NullMarked
package io.hark.parse.postgresql;

import org.jspecify.annotations.NullMarked;
