package io.hark.config;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// One way that logs and flow exports come in.
///
/// @param kind what comes and how
/// @param name what its sources are called by: `NAME/PEER`
/// @param address the address it listens at; empty for all; of [Kind#FILES] nothing
/// @param port the port, 0 for any that is free; of [Kind#FILES] nothing
/// @param zone where the clocks stand of senders whose times have no zone
/// @param silence after how long without a word a source counts as silent; null for as all do
/// @param limits what one sender may take up
/// @param tls what makes it secret; null for in the clear
/// @param token a file that holds what a client has to show; null for nothing
/// @param paths files, folders and patterns that are followed
public record Listener(
        Kind kind,
        String name,
        String address,
        int port,
        ZoneId zone,
        @Nullable Duration silence,
        Limits limits,
        @Nullable Tls tls,
        @Nullable Path token,
        List<String> paths) {

    /// What comes in, and how.
    public enum Kind {
        /// A message a datagram (RFC 5426).
        SYSLOG_UDP("syslog by UDP, RFC 3164 or 5424, a message a datagram"),
        /// Messages in a stream (RFC 6587).
        SYSLOG_TCP("syslog by TCP, messages with their length in front or with line ends behind"),
        /// The same through TLS (RFC 5425).
        SYSLOG_TLS("the same through TLS"),
        /// Exports about flows.
        FLOWS_UDP("NetFlow 5 and 9, IPFIX and sFlow by UDP, told apart by content"),
        /// Lines that a client posts and learns to be safe.
        HTTPS("lines that a client posts to `/v1/events`"),
        /// Sensors that ship.
        SENSORS("sensors that ship what they see, and are enrolled here"),
        /// Files that grow.
        FILES("files that grow, from where they were left");

        private final String about;

        Kind(String about) {
            this.about = about;
        }

        /// The word in the file.
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        /// What it is, in words.
        public String about() {
            return about;
        }
    }

    /// What one sender may take up.
    ///
    /// @param line octets of one message; longer ones are cut, and counted
    /// @param connections at once in all
    /// @param perSource at once from one address
    public record Limits(int line, int connections, int perSource) {

        /// What stands where nothing is said. The longest lines that products write are some 30 KB.
        public static final Limits DEFAULT = new Limits(1 << 18, 1024, 128);
    }

    /// What a server shows of itself, and asks of its clients.
    ///
    /// @param certificate PEM: the server's own, then those that vouch for it
    /// @param key PEM: its private key, without a passphrase
    /// @param clients PEM: who vouches for clients; null where a client need not show a certificate
    public record Tls(Path certificate, Path key, @Nullable Path clients) {}

    /// Keeps its own copy.
    public Listener {
        paths = List.copyOf(paths);
    }

    /// A listener at a port, all else as it is where nothing is said.
    public static Listener at(Kind kind, String address, int port) {
        return new Listener(
                kind,
                kind.word() + "-" + port,
                address,
                port,
                ZoneOffset.UTC,
                null,
                Limits.DEFAULT,
                null,
                null,
                List.of());
    }

    /// Files that are followed, all else as it is where nothing is said.
    public static Listener following(List<String> paths) {
        return new Listener(
                Kind.FILES,
                Kind.FILES.word(),
                "",
                0,
                ZoneOffset.UTC,
                null,
                Limits.DEFAULT,
                null,
                null,
                paths);
    }

    /// The same with another time zone.
    public Listener zone(ZoneId other) {
        return new Listener(kind, name, address, port, other, silence, limits, tls, token, paths);
    }
}
