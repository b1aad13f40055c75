package io.hark.config;

import io.hark.event.Finding.Severity;
import io.hark.schema.Prefix;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Somebody who is told of findings, and of which.
///
/// @param name what it is called
/// @param severity the least
/// @param detectors whose findings; none for all
/// @param hosts one of whose ends is one of these; none for all
/// @param perMinute the most messages in a minute; what comes beyond waits and goes as one
/// @param by how
public record NotifyTarget(
        String name,
        Severity severity,
        List<String> detectors,
        List<Prefix> hosts,
        int perMinute,
        By by) {

    /// How many messages a minute where nothing is said.
    public static final int PER_MINUTE = 10;

    /// Keeps its own copies.
    public NotifyTarget {
        detectors = List.copyOf(detectors);
        hosts = List.copyOf(hosts);
    }

    /// How somebody is told.
    public sealed interface By permits Syslog, Webhook, Mail, Command {}

    /// The ways, as the file calls them.
    public enum Kind {
        /// RFC 5426.
        SYSLOG_UDP,
        /// RFC 6587, with the length in front.
        SYSLOG_TCP,
        /// RFC 5425.
        SYSLOG_TLS,
        /// A POST of JSON.
        WEBHOOK,
        /// RFC 5321.
        MAIL,
        /// A program that gets JSON.
        COMMAND;

        /// The word in the file.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /// A line of syslog.
    ///
    /// @param kind one of the three of syslog
    /// @param authorities PEM: who vouches for the server; null for those of the Java runtime
    public record Syslog(Kind kind, String address, int port, @Nullable Path authorities)
            implements By {}

    /// A POST of JSON.
    ///
    /// @param secret a file with what the message is signed with; null for no signature
    /// @param authorities as of [Syslog]
    public record Webhook(URI url, @Nullable Path secret, @Nullable Path authorities)
            implements By {}

    /// A mail.
    ///
    /// @param security how the way to the server is made secret
    /// @param user who logs in; null for nobody
    /// @param password a file with the password; null for none
    /// @param authorities as of [Syslog]
    public record Mail(
            String address,
            int port,
            Security security,
            String from,
            List<String> to,
            @Nullable String user,
            @Nullable Path password,
            @Nullable Path authorities)
            implements By {

        /// Keeps its own copy.
        public Mail {
            to = List.copyOf(to);
        }

        /// How the way to the server is made secret.
        public enum Security {
            /// Begun in the clear, then TLS (RFC 3207), or not at all.
            STARTTLS,
            /// TLS from the first octet (RFC 8314).
            TLS,
            /// In the clear; a password is never sent so.
            NONE
        }
    }

    /// A program, started without a shell.
    ///
    /// @param words the program and its arguments, as they are
    /// @param timeout after which it is ended
    public record Command(List<String> words, Duration timeout) implements By {

        /// Keeps its own copy.
        public Command {
            words = List.copyOf(words);
        }
    }
}
