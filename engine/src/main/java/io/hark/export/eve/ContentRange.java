package io.hark.export.eve;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Which octets of a whole an answer holds: `bytes 500-999/8000`.
///
/// *Source*: RFC 9110 §14.4.
///
/// @param size length of the whole, or -1 where the server does not know
record ContentRange(long first, long last, long size) {

    private static final Pattern FORM = // a long has 18 digits at least
            Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /// Reads the header; null where it says none of bytes.
    static @Nullable ContentRange of(String header) {
        Matcher matcher = FORM.matcher(header);
        if (!matcher.matches()) {
            return null;
        }
        String size = matcher.group(3);
        return new ContentRange(
                Long.parseLong(matcher.group(1)),
                Long.parseLong(matcher.group(2)),
                size.equals("*") ? -1 : Long.parseLong(size));
    }
}
