/// Syslog over UDP and TCP.
///
/// An extension: sees `io.hark`, the ground and the wall. Start with
/// [io.hark.parse.syslog.SyslogDatagrams].
@NullMarked
package io.hark.parse.syslog;

import org.jspecify.annotations.NullMarked;
