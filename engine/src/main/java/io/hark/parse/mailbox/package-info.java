/// POP3 and IMAP: who fetches mail, how they log in, and the mails as files.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.mailbox.Pop3Session].
@NullMarked
package io.hark.parse.mailbox;

import org.jspecify.annotations.NullMarked;
