package io.hark.sensor;

/// A name of a host and how it is known.
///
/// @param text as the network said it: not escaped
/// @param source one of `dns`, `sni`, `host`, `certificate`, `dhcp`, `ntlm`, `smb`, or what else a
///   parser learns it from
public record HostName(String text, String source) {

    /// Whether a name that was asked for can be a host's: one with a label such as `_ipp` is a
    /// service's (RFC 8552 §1.1), and its answers bring the addresses of whoever offers it.
    static boolean isHost(String asked) {
        return !asked.isEmpty() && !asked.startsWith("_") && !asked.contains("._");
    }
}
