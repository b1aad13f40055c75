/// Tells people and programs of findings, by syslog, webhook, mail or a command: each once, kept on
/// disk until it is delivered.
///
/// Sees the ground, `config` for whom to tell, and `sensor` for a finding's JSON. Start with
/// [io.hark.notify.Notifier].
@NullMarked
package io.hark.notify;

import org.jspecify.annotations.NullMarked;
