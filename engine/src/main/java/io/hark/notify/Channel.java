package io.hark.notify;

import io.hark.config.NotifyTarget;
import io.hark.config.NotifyTarget.By;
import java.io.IOException;

/// A way to tell somebody.
///
/// *Thread*: one call at a time; it may block for as long as its timeouts say.
interface Channel {

    /// Tells it, and comes back when the other side has it, as far as the way can know.
    ///
    /// @throws IOException if it did not get there
    void send(Notice notice) throws IOException, InterruptedException;

    /// The way of a target.
    static Channel of(By by) {
        return switch (by) {
            case NotifyTarget.Syslog syslog -> new SyslogChannel(syslog);
            case NotifyTarget.Webhook webhook -> new WebhookChannel(webhook);
            case NotifyTarget.Mail mail -> new MailChannel(mail);
            case NotifyTarget.Command command -> new CommandChannel(command);
        };
    }
}
