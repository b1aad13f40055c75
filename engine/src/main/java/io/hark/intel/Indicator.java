package io.hark.intel;

import io.hark.schema.Addr;
import io.hark.schema.Prefix;
import java.net.IDN;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A thing that somebody says is bad.
///
/// @param kind what it is
/// @param value in the one form that is looked for ([#form])
/// @param context what the list says about it; empty for nothing
/// @param source name of the list
public record Indicator(Kind kind, String value, String context, String source) {

    /// The most characters of a value: URLs beyond it no server takes.
    static final int MAX_VALUE = 2048;

    private static final Pattern DOMAIN =
            Pattern.compile("[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){1,126}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}");
    private static final Pattern MD5 = Pattern.compile("[0-9a-f]{32}");
    private static final Pattern JA4 =
            Pattern.compile("[tqd][0-9sd]{2}[di][0-9]{4}[0-9a-z]{2}_[0-9a-f]{12}_[0-9a-f]{12}");
    private static final Pattern SCHEME = Pattern.compile("^[a-z][a-z0-9+.-]*://");

    /// What can be looked for.
    public enum Kind {
        /// An IP address.
        ADDRESS,
        /// A network in CIDR form.
        NETWORK,
        /// A name; it stands for all names below it, too.
        DOMAIN,
        /// A URL; one without a query stands for all queries.
        URL,
        /// A mail address.
        EMAIL,
        /// MD5, SHA-1 or SHA-256 of a file or a certificate.
        HASH,
        /// JA3 of a client hello.
        JA3,
        /// JA3S of a server hello.
        JA3S,
        /// JA4 of a client hello.
        JA4;

        /// Words of our own lists, of MISP's and of Zeek's.
        private static final Map<String, Kind> WORDS =
                Map.ofEntries(
                        Map.entry("ip", ADDRESS),
                        Map.entry("ipv4", ADDRESS),
                        Map.entry("ipv6", ADDRESS),
                        Map.entry("ip-src", ADDRESS),
                        Map.entry("ip-dst", ADDRESS),
                        Map.entry("address", ADDRESS),
                        Map.entry("addr", ADDRESS),
                        Map.entry("network", NETWORK),
                        Map.entry("cidr", NETWORK),
                        Map.entry("subnet", NETWORK),
                        Map.entry("domain", DOMAIN),
                        Map.entry("hostname", DOMAIN),
                        Map.entry("url", URL),
                        Map.entry("uri", URL),
                        Map.entry("email", EMAIL),
                        Map.entry("email-src", EMAIL),
                        Map.entry("md5", HASH),
                        Map.entry("sha1", HASH),
                        Map.entry("sha256", HASH),
                        Map.entry("hash", HASH),
                        Map.entry("file_hash", HASH),
                        Map.entry("cert_hash", HASH),
                        Map.entry("x509-fingerprint-md5", HASH),
                        Map.entry("x509-fingerprint-sha1", HASH),
                        Map.entry("x509-fingerprint-sha256", HASH),
                        Map.entry("ja3", JA3),
                        Map.entry("ja3-fingerprint-md5", JA3),
                        Map.entry("ja3s", JA3S),
                        Map.entry("ja4", JA4));

        /// The kind of this name, as lists of many origins write it; null for one that is not
        /// looked for.
        static @Nullable Kind named(String word) {
            String lower = word.strip().toLowerCase(Locale.ROOT);
            return WORDS.get(lower.startsWith("intel::") ? lower.substring(7) : lower);
        }

        /// The kind that a value without one looks like; null if it looks like none.
        static @Nullable Kind of(String value) {
            String text = refanged(value);
            if (Prefix.parse(text) != null) {
                return text.indexOf('/') < 0 ? ADDRESS : NETWORK;
            }
            for (Kind kind : new Kind[] {HASH, JA4, DOMAIN, EMAIL}) {
                if (form(kind, value) != null) {
                    return kind;
                }
            }
            return text.indexOf('/') > 0 ? URL : null;
        }

        /// The word for people.
        public String word() {
            return switch (this) {
                case URL -> "URL";
                case EMAIL -> "mail address";
                case JA3, JA3S, JA4 -> name();
                case ADDRESS, NETWORK, DOMAIN, HASH -> name().toLowerCase(Locale.ROOT);
            };
        }
    }

    /// The one form in which a value of this kind is looked for; null if it is none. Brackets
    /// around dots and `hxxp`, as in mails, are undone.
    ///
    /// For example, `form(URL, "hxxp://Bad[.]example/a#b")` is `bad.example/a`.
    static @Nullable String form(Kind kind, String value) {
        String text = refanged(value);
        String lower = text.toLowerCase(Locale.ROOT);
        if (text.isEmpty() || text.length() > MAX_VALUE) {
            return null;
        }
        return switch (kind) {
            case ADDRESS -> {
                Addr addr = Addr.parse(text);
                yield addr == null ? null : addr.toString();
            }
            case NETWORK -> Prefix.parse(text) == null ? null : lower;
            case DOMAIN -> domain(lower);
            case URL -> url(text);
            case EMAIL -> lower.indexOf('@') > 0 ? lower : null;
            case HASH -> matching(DIGEST, lower.replace(":", ""));
            case JA3, JA3S -> matching(MD5, lower);
            case JA4 -> matching(JA4, lower);
        };
    }

    /// The form of a URL: no scheme, host in lower case, no usual port, no fragment; null if it has
    /// no host.
    static @Nullable String url(String text) {
        String rest = SCHEME.matcher(text).replaceFirst("");
        int fragment = rest.indexOf('#');
        rest = fragment < 0 ? rest : rest.substring(0, fragment);
        int path = rest.indexOf('/');
        String host = (path < 0 ? rest : rest.substring(0, path)).toLowerCase(Locale.ROOT);
        host = host.replaceFirst(":(80|443)$", "");
        return host.isEmpty() || rest.chars().anyMatch(Character::isWhitespace)
                ? null
                : host + (path < 0 ? "/" : rest.substring(path));
    }

    private static @Nullable String domain(String lower) {
        String name = lower.startsWith("*.") ? lower.substring(2) : lower;
        name = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (name.chars().anyMatch(c -> c > 0x7e)) {
            try {
                name = IDN.toASCII(name, IDN.ALLOW_UNASSIGNED);
            } catch (IllegalArgumentException e) {
                return null; // no name in any alphabet
            }
        }
        return Addr.parse(name) == null ? matching(DOMAIN, name) : null;
    }

    private static @Nullable String matching(Pattern pattern, String text) {
        return pattern.matcher(text).matches() ? text : null;
    }

    private static String refanged(String value) {
        String text = value.strip().replace("[.]", ".").replace("[:]", ":");
        return text.regionMatches(true, 0, "hxxp", 0, 4) ? "http" + text.substring(4) : text;
    }
}
