package io.hark.format.x509;

import java.util.List;
import java.util.Locale;

/// Whether a certificate is for a host name.
///
/// DNS names of the certificate count, and only where it has none, common names of its subject. A
/// `*` stands for one or more characters at the beginning or the end of the leftmost label, which
/// must not be an internationalised one where the `*` is only a part of it, and at least two labels
/// must follow.
///
/// *Source*: RFC 6125 §6.4, as lenient as OpenSSL's default (which Zeek asks): partial wildcards
/// match.
public final class HostMatch {

    private HostMatch() {}

    /// Whether `certificate` is for `host`.
    ///
    /// For example, one for `*.example.org` is for `www.example.org`, not for `a.b.example.org` or
    /// `example.org`.
    public static boolean matches(Certificate certificate, String host) {
        String wanted = host.toLowerCase(Locale.ROOT);
        List<String> names =
                certificate.extensions().dns().isEmpty()
                        ? certificate.commonNames()
                        : certificate.extensions().dns();
        return names.stream().anyMatch(name -> matches(name.toLowerCase(Locale.ROOT), wanted));
    }

    private static boolean matches(String pattern, String host) {
        int star = pattern.indexOf('*');
        if (star < 0) {
            return pattern.equals(host);
        }
        int dot = pattern.indexOf('.');
        boolean valid =
                star < dot
                        && (star == 0 || star == dot - 1)
                        && pattern.indexOf('*', star + 1) < 0
                        && pattern.indexOf('.', dot + 1) > 0
                        && !(dot > 1 && pattern.startsWith("xn--"));
        int hostDot = host.indexOf('.');
        if (!valid || hostDot <= 0 || !host.substring(hostDot).equals(pattern.substring(dot))) {
            return false;
        }
        String label = host.substring(0, hostDot);
        String before = pattern.substring(0, star);
        String after = pattern.substring(star + 1, dot);
        boolean partial = dot > 1;
        return label.length() > before.length() + after.length()
                && label.startsWith(before)
                && label.endsWith(after)
                && !(partial && label.startsWith("xn--"));
    }
}
