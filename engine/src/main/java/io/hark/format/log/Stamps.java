package io.hark.format.log;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/// Reads the times that logs have, whatever their form: ISO 8601 and RFC 3339, syslog's `Oct 11
/// 22:14:15` with and without a year, Cisco's `*Mar 1 2023 18:46:11.123 CET`, NX-OS's `2023 Jan 11
/// 19:27:57`, C's `Fri Dec 13 06:59:54 2013`, web servers' `10/Oct/2000:13:55:36 -0700`, BIND's
/// `28-Aug-2023 08:04:30.123`, `12/28/2023 10:00:00`, and numbers since 1970 in seconds to
/// nanoseconds.
///
/// A time without a **year** is of the last one that does not put it behind [#reference] by more
/// than a day: a log does not tell of the future, but clocks differ. So December read in January is
/// of the year before, and 29 February of the last year that has one. A time without a **zone** is
/// of the source's.
///
/// *Thread*: immutable, any.
///
/// @param zone where clocks of lines without a zone stand
/// @param reference the latest that a line may be of: when its file was last written, or now,
///   nanoseconds since 1970 UTC
public record Stamps(ZoneId zone, long reference) {

    private static final long SECOND = 1_000_000_000L;
    private static final long AHEAD = 86_400L * SECOND; // a day: zones unknown, clocks ahead
    private static final int MAX_FRACTION = 9; // digits behind the point that nanoseconds hold
    private static final int MAX_EPOCH = 19; // digits of nanoseconds since 1970
    private static final int LEAST_EPOCH = 9; // digits of seconds: since 1973
    private static final int LEAP_YEARS = 8; // the longest way between two 29ths of February

    private static final String MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec";
    private static final String DAYS = "montuewedthufrisatsun";

    /// The time that the whole of `text` begins with, in nanoseconds; null if it is none.
    public @Nullable Long nanos(@Nullable String text) {
        Stamp stamp = text == null ? null : read(text.strip(), 0);
        return stamp == null ? null : stamp.nanos();
    }

    /// The time that begins at `from`, or null.
    ///
    /// For example, in `Oct 11 22:14:15 host su: …` it ends at 15.
    public @Nullable Stamp read(String text, int from) {
        return from < text.length() ? new Cursor(text, from).stamp() : null;
    }

    /// A cursor over one text: a part that is not there leaves it `wrong`, and that sticks.
    private final class Cursor {
        private final String text;
        private int at;
        private boolean wrong;

        private int year = -1;
        private int month;
        private int day;
        private int hour;
        private int minute;
        private int second;
        private long fraction; // nanoseconds
        private @Nullable ZoneOffset offset;

        Cursor(String text, int from) {
            this.text = text;
            this.at = from;
        }

        @Nullable Stamp stamp() {
            char first = text.charAt(at);
            if (first >= '0' && first <= '9') {
                int digits = digits();
                if (digits >= LEAST_EPOCH) {
                    return epoch(digits);
                }
                fromDigit(digits);
            } else {
                fromWord();
            }
            return wrong ? null : made();
        }

        private int digits() {
            int n = 0;
            while (at + n < text.length() && isDigit(text.charAt(at + n))) {
                n++;
            }
            return n;
        }

        private @Nullable Stamp epoch(int digits) {
            if (digits > MAX_EPOCH
                    || digits == MAX_EPOCH
                            && text.substring(at, at + digits)
                                            .compareTo(Long.toString(Long.MAX_VALUE))
                                    > 0) {
                return null;
            }
            long number = Long.parseLong(text, at, at + digits, 10);
            at += digits;
            int places = digits <= 11 ? 0 : digits <= 14 ? 3 : digits <= 17 ? 6 : 9;
            for (int i = places; i < MAX_FRACTION; i++) {
                number *= 10;
            }
            if (places == 0) {
                fraction();
            }
            return new Stamp(number + fraction, at, false, false);
        }

        private void fromDigit(int digits) {
            if (digits == 4 && isLetter(at + 5)) { // NX-OS: 2023 Jan 11 19:27:57 CET
                year = number(4);
                skip(' ');
                month();
                skip(' ');
                day = number(2);
                clock();
                zone();
            } else if (digits == 4) { // ISO 8601, and with slashes
                year = number(4);
                char between = at < text.length() ? text.charAt(at) : 0;
                if (between != '-' && between != '/' && between != '.') {
                    wrong = true;
                    return;
                }
                at++;
                month = number(2);
                skip(between);
                day = number(2);
                clock();
                zone();
            } else {
                fromDay(digits);
            }
        }

        /// `10/Oct/2000:13:55:36 -0700`, `28-Aug-2023 08:04:30`, `28 Aug 2023 08:04:30`, and
        /// America's `12/28/2023 10:00:00`, the other way round where that fits alone.
        private void fromDay(int digits) {
            day = number(digits > 2 ? 0 : digits);
            char between = at < text.length() ? text.charAt(at) : 0;
            if ("/- ".indexOf(between) < 0 || between == 0) {
                wrong = true;
                return;
            }
            at++;
            if (isLetter(at)) {
                month();
            } else {
                month = day;
                day = number(2);
                if (month > 12) {
                    int other = month;
                    month = day;
                    day = other;
                }
            }
            skip(between);
            year = digits() == 2 ? 2000 + number(2) : number(4);
            clock();
            zone();
        }

        /// `Oct 11 22:14:15`, with a year in front of or behind the clock, a day of the week in
        /// front of all.
        private void fromWord() {
            if (index(DAYS) >= 0) {
                at += 3;
                if (at < text.length() && text.charAt(at) == ',') {
                    at++;
                }
                blanks();
                if (at < text.length() && isDigit(text.charAt(at))) { // RFC 5322
                    fromDay(digits());
                    return;
                }
            }
            month();
            if (at >= text.length() || text.charAt(at) != ' ') {
                wrong = true;
                return;
            }
            blanks();
            day = number(Math.min(2, Math.max(1, digits())));
            if (at < text.length() && text.charAt(at) == ',') {
                at++;
            }
            blanks();
            if (digits() == 4) {
                year = number(4);
            }
            clock();
            zone();
            int here = at;
            blanks();
            if (year < 0 && digits() == 4 && (at + 4 == text.length() || !isLetter(at + 4))) {
                int told = number(4);
                boolean isYear = told >= 1970 && told < 2100;
                year =
                        isYear && (at >= text.length() || ":.-/".indexOf(text.charAt(at)) < 0)
                                ? told
                                : -1;
                at = year < 0 ? here : at;
            } else {
                at = here;
            }
        }

        private void clock() {
            if (at < text.length() && ("T:".indexOf(text.charAt(at)) >= 0)) {
                at++;
            } else {
                blanks();
            }
            hour = number(Math.min(2, Math.max(1, digits())));
            skip(':');
            minute = number(2);
            if (at < text.length()
                    && text.charAt(at) == ':'
                    && at + 1 < text.length()
                    && isDigit(text.charAt(at + 1))) {
                at++;
                second = number(2);
                fraction();
            }
        }

        private void fraction() {
            boolean point = at + 1 < text.length() && ".,".indexOf(text.charAt(at)) >= 0;
            if (!point || !isDigit(text.charAt(at + 1))) {
                return;
            }
            at++;
            int n = digits();
            for (int i = 0; i < MAX_FRACTION; i++) {
                fraction = fraction * 10 + (i < n ? text.charAt(at + i) - '0' : 0);
            }
            at += n;
        }

        private void zone() {
            int here = at;
            if (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
            if (at < text.length() && "+-".indexOf(text.charAt(at)) >= 0) {
                int sign = text.charAt(at++) == '-' ? -1 : 1;
                int digits = digits();
                if (digits == 4 || digits == 2) {
                    int hours = number(2);
                    if (digits == 2 && at < text.length() && text.charAt(at) == ':') {
                        at++;
                    }
                    int minutes = digits() >= 2 ? number(2) : 0;
                    if (!wrong && hours < 18 && minutes < 60) {
                        offset = ZoneOffset.ofTotalSeconds(sign * (hours * 60 + minutes) * 60);
                        return;
                    }
                }
                wrong = false;
                at = here;
                return;
            }
            int end = at;
            while (end < text.length() && Character.isUpperCase(text.charAt(end))) {
                end++;
            }
            Integer quarters = ZoneNames.QUARTERS.get(text.substring(at, end));
            boolean whole = end == text.length() || !Character.isLetterOrDigit(text.charAt(end));
            if (quarters == null || !whole) {
                at = here;
                return;
            }
            at = end;
            offset = ZoneOffset.ofTotalSeconds(quarters * 900);
        }

        private @Nullable Stamp made() {
            boolean noYear = year < 0;
            boolean noZone = offset == null;
            try {
                LocalDateTime local =
                        LocalDate.of(noYear ? yearThatFits() : year, month, day)
                                .atTime(hour, minute, Math.min(second, 59));
                long seconds =
                        offset == null
                                ? local.atZone(zone).toEpochSecond()
                                : local.toEpochSecond(offset);
                return new Stamp(
                        Math.addExact(Math.multiplyExact(seconds, SECOND), fraction),
                        at,
                        noYear,
                        noZone);
            } catch (DateTimeException | ArithmeticException e) {
                return null; // no day that there is: the answer to the question
            }
        }

        private int yearThatFits() {
            LocalDateTime latest =
                    LocalDateTime.ofInstant(
                            Instant.ofEpochSecond(Math.addExact(reference, AHEAD) / SECOND), zone);
            int fits = latest.getYear();
            for (int back = 0; back <= LEAP_YEARS; back++, fits--) {
                boolean isThere = day <= YearMonth.of(fits, month).lengthOfMonth();
                if (isThere
                        && !LocalDate.of(fits, month, day).atTime(hour, minute).isAfter(latest)) {
                    break;
                }
            }
            return fits;
        }

        // ---- parts

        private int number(int digits) {
            if (digits == 0 || at + digits > text.length()) {
                wrong = true;
                return 0;
            }
            int value = 0;
            for (int i = 0; i < digits; i++) {
                char c = text.charAt(at + i);
                if (!isDigit(c)) {
                    wrong |= i == 0; // one digit where two may be
                    at += i;
                    return value;
                }
                value = value * 10 + c - '0';
            }
            at += digits;
            return value;
        }

        private void month() {
            month = index(MONTHS) + 1;
            wrong |= month == 0;
            at = Math.min(at + 3, text.length());
        }

        private int index(String names) {
            for (int i = 0; i < names.length(); i += 3) {
                if (text.regionMatches(true, at, names, i, 3)) {
                    return i / 3;
                }
            }
            return -1;
        }

        private void skip(char wanted) {
            if (at < text.length() && text.charAt(at) == wanted) {
                at++;
            } else {
                wrong = true;
            }
        }

        private void blanks() {
            while (at < text.length() && text.charAt(at) == ' ') {
                at++;
            }
        }

        private boolean isLetter(int place) {
            return place < text.length() && Character.isLetter(text.charAt(place));
        }
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
