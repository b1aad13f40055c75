package io.hark.sensor;

import io.hark.event.Fact;
import io.hark.event.Message;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Masks credentials in messages: the value goes, and a short keyed hash of it stays, so that the
/// same credential is seen to be the same within one conversation.
///
/// The hash has [#HASH_OCTETS] octets: enough to tell the credentials of one conversation apart,
/// too few to confirm a guess, for one guess in sixteen million fits by chance and the key is no
/// secret.
final class Mask {

    private static final int HASH_OCTETS = 3;

    /// What stands before a value in text, and the value: at most 256 characters.
    private static final List<Pattern> TEXT =
            List.of(
                    Pattern.compile(
                            "(?i)\\b((?:password|passwd|passphrase|secret|api[_-]?key|access[_-]?token|auth[_-]?token)[\"']?\\s{0,4}[=:]\\s{0,4}[\"']?)"
                                    + "([^\\s\"'&;,]{1,256})"),
                    Pattern.compile(
                            "(?i)\\b((?:proxy-)?authorization:\\s{0,4}(?:[a-z]{1,16}\\s{1,4})?)([^\\s\"']{1,4096})"),
                    Pattern.compile(
                            "([a-z][a-z0-9+.-]{1,16}://[^\\s/:@]{1,64}:)([^\\s/@]{1,256})(?=@)"),
                    Pattern.compile(
                            "(?i)\\b(net1?\\s{1,4}user\\s{1,4}\\S{1,64}\\s{1,4})([^\\s/*]\\S{0,256})(?=\\s{1,4}/add)"));

    /// Names of fields whose values are credentials.
    private static final Set<String> FIELDS =
            Set.of(
                    "password",
                    "passwd",
                    "passphrase",
                    "secret",
                    "token",
                    "authorization",
                    "cookie",
                    "api_key");

    private Mask() {}

    /// The message with its credentials masked.
    static Message of(Message m) {
        List<Fact> fields = m.fields().stream().map(fact -> of(fact, m.conversation())).toList();
        String text = of(m.text(), m.conversation());
        return m.with(text, fields);
    }

    private static Fact of(Fact fact, String conversation) {
        String value = fact.text();
        if (value == null || value.isEmpty()) {
            return fact;
        } else if (FIELDS.contains(fact.name().toLowerCase(Locale.ROOT))) {
            return Fact.of(fact.name(), masked(value, conversation));
        }
        return Fact.of(fact.name(), of(value, conversation));
    }

    static String of(String text, String conversation) {
        String masked = text;
        for (Pattern pattern : TEXT) {
            masked =
                    pattern.matcher(masked)
                            .replaceAll(
                                    found ->
                                            Matcher.quoteReplacement(
                                                    found.group(1)
                                                            + masked(
                                                                    found.group(2), conversation)));
        }
        return masked;
    }

    private static String masked(String value, String conversation) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(
                    new SecretKeySpec(
                            ("hark " + conversation).getBytes(StandardCharsets.UTF_8),
                            "HmacSHA256"));
            byte[] hash = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return "***" + HexFormat.of().formatHex(hash, 0, HASH_OCTETS);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        }
    }
}
