/// MySQL and MariaDB: logins, statements and what came of them.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.mysql.MysqlSession].
@NullMarked
package io.hark.parse.mysql;

import org.jspecify.annotations.NullMarked;
