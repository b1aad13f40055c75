/// SMTP: envelopes, headers, and the parts of mails as files.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.smtp.SmtpSession].
@NullMarked
package io.hark.parse.smtp;

import org.jspecify.annotations.NullMarked;
