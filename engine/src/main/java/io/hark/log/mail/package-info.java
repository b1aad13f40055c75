/// Logs of mail servers and of what runs beside them.
///
/// Sees the ground and the wall, never a sibling. Start with [io.hark.log.mail.Postfix].
@NullMarked
package io.hark.log.mail;

import org.jspecify.annotations.NullMarked;
