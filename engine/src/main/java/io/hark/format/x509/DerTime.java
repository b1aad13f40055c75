package io.hark.format.x509;

import io.hark.format.asn1.Der;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// The two time types of a certificate.
///
/// *Source*: RFC 5280 §4.1.2.5: `YYMMDDhhmmssZ` where 50 to 99 are of the 20th century,
/// `YYYYMMDDhhmmssZ`; offsets and missing seconds, which old certificates have, are read too.
final class DerTime {

    private static final int MAX_SIZE = 32; // digits, a fraction, an offset
    private static final long NANOS = 1_000_000_000L;

    private DerTime() {}

    /// Nanoseconds since 1970 UTC, kept within a long (1677 to 2262); null where it is no time.
    static @Nullable Long nanos(Der time) {
        boolean utc = time.tag() == Der.UTC_TIME;
        if (!utc && time.tag() != Der.GENERALIZED_TIME || time.size() > MAX_SIZE) {
            return null;
        }
        String text = new String(time.contents(), java.nio.charset.StandardCharsets.ISO_8859_1);
        int yearDigits = utc ? 2 : 4;
        int year = number(text, 0, yearDigits);
        int at = yearDigits;
        int month = number(text, at, 2);
        int day = number(text, at + 2, 2);
        int hour = number(text, at + 4, 2);
        int minute = number(text, at + 6, 2);
        at += 8;
        int second = number(text, at, 2);
        at += second < 0 ? 0 : 2;
        if (year < 0 || month < 0 || day < 0 || hour < 0 || minute < 0) {
            return null;
        }
        if (utc) {
            year += year < 50 ? 2000 : 1900;
        }
        try {
            long seconds =
                    LocalDateTime.of(year, month, day, hour, minute, Math.clamp(second, 0, 59))
                            .toEpochSecond(ZoneOffset.UTC);
            return clamped(seconds - offset(text, at));
        } catch (DateTimeException e) {
            return null; // 31 February
        }
    }

    private static long offset(String text, int from) {
        int sign = Math.max(text.indexOf('+', from), text.indexOf('-', from));
        if (sign < 0) {
            return 0;
        }
        long seconds =
                Math.max(0, number(text, sign + 1, 2)) * 3600L
                        + Math.max(0, number(text, sign + 3, 2)) * 60L;
        return text.charAt(sign) == '-' ? -seconds : seconds;
    }

    private static long clamped(long seconds) {
        long limit = Long.MAX_VALUE / NANOS;
        return seconds > limit
                ? Long.MAX_VALUE
                : seconds < -limit ? Long.MIN_VALUE : seconds * NANOS;
    }

    private static int number(String text, int from, int digits) {
        if (from + digits > text.length()) {
            return -1;
        }
        int value = 0;
        for (int i = from; i < from + digits; i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            value = value * 10 + c - '0';
        }
        return value;
    }
}
