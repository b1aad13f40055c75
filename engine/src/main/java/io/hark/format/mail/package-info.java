/// Mails and MIME: header lines, parts, transfer encodings.
///
/// Ground: sees `bytes`. Start with [io.hark.format.mail.MailReader].
@NullMarked
package io.hark.format.mail;

import org.jspecify.annotations.NullMarked;
