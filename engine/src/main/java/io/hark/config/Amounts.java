package io.hark.config;

import io.hark.UserError;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Amounts as people write them: `64MB`, `90s`, `1h30m`.
///
/// *Thread*: stateless, any.
public final class Amounts {

    private static final Pattern BYTES = Pattern.compile("([0-9]{1,9})(|b|kb|mb|gb)");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6}[dhms])+");
    private static final Pattern PART = Pattern.compile("([0-9]{1,6})([dhms])");

    private static final Map<String, Long> SIZES =
            Map.of("", 1L, "b", 1L, "kb", 1_000L, "mb", 1_000_000L, "gb", 1_000_000_000L);
    private static final Map<String, Long> SECONDS =
            Map.of("s", 1L, "m", 60L, "h", 3600L, "d", 86_400L);

    private Amounts() {}

    /// Bytes, in powers of a thousand.
    ///
    /// @param what what it is given for
    /// @throws UserError if it is no amount
    public static long bytes(String what, String text) {
        Matcher amount = BYTES.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!amount.matches()) {
            throw new UserError(what + " takes bytes such as 64MB, not " + text);
        }
        return Long.parseLong(amount.group(1)) * SIZES.getOrDefault(amount.group(2), 1L);
    }

    /// A span of time that is not empty.
    ///
    /// @param what what it is given for
    /// @throws UserError if it is none
    public static Duration duration(String what, String text) {
        String plain = text.strip().toLowerCase(Locale.ROOT);
        Duration all = Duration.ZERO;
        if (DURATION.matcher(plain).matches()) {
            Matcher part = PART.matcher(plain);
            while (part.find()) {
                long unit = SECONDS.getOrDefault(part.group(2), 1L);
                all = all.plusSeconds(Long.parseLong(part.group(1)) * unit);
            }
        }
        if (all.isZero()) {
            throw new UserError(what + " takes a time such as 90s, 5m or 1h30m, not " + text);
        }
        return all;
    }
}
