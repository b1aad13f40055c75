/// NTP: who asks whom for the time.
///
/// Sees the ground and the wall. Start with [io.hark.parse.ntp.NtpParser].
@NullMarked
package io.hark.parse.ntp;

import org.jspecify.annotations.NullMarked;
