package io.hark.parse.ftp;

import io.hark.schema.Addr;
import org.jspecify.annotations.Nullable;

/// Where a data connection goes, as PORT, PASV, EPRT and EPSV write it.
///
/// *Source*: RFC 959 §5.2, RFC 2428.
///
/// @param host null in EPSV: the server's own
record FtpAddress(@Nullable Addr host, int port) {

    private static final int NUMBERS = 6; // h1,h2,h3,h4,p1,p2
    private static final int MAX_PORT = 0xffff;

    /// Six numbers joined by commas, anywhere in `text`: `Entering Passive Mode (10,0,0,1,4,1)` is
    /// 10.0.0.1 at 1025; null if there are none.
    static @Nullable FtpAddress ofNumbers(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (isDigit(text, at) && !isDigit(text, at - 1)) {
                FtpAddress address = numbersAt(text, at);
                if (address != null) {
                    return address;
                }
            }
        }
        return null;
    }

    private static @Nullable FtpAddress numbersAt(String text, int from) {
        long bits = 0;
        int at = from;
        for (int i = 0; i < NUMBERS; i++) {
            if (i > 0 && (at >= text.length() || text.charAt(at++) != ',')) {
                return null;
            }
            int value = 0;
            int first = at;
            while (isDigit(text, at) && at - first < 3) {
                value = value * 10 + text.charAt(at++) - '0';
            }
            if (at == first || value > 255) {
                return null;
            }
            bits = bits << 8 | value;
        }
        int port = (int) (bits & MAX_PORT);
        return port == 0 ? null : new FtpAddress(Addr.v4((int) (bits >>> 16)), port);
    }

    /// EPRT's argument: `|1|132.235.1.2|6275|`, any delimiter; null if it is none.
    static @Nullable FtpAddress ofExtended(String argument) {
        if (argument.isEmpty()) {
            return null;
        }
        String[] parts = argument.split(java.util.regex.Pattern.quote(argument.substring(0, 1)), 5);
        Addr host = parts.length < 4 ? null : Addr.parse(parts[2]);
        int port = parts.length < 4 ? 0 : port(parts[3]);
        return host == null || port == 0 ? null : new FtpAddress(host, port);
    }

    /// The port in EPSV's reply: `Entering Extended Passive Mode (|||6446|)`; null if there is
    /// none.
    static @Nullable FtpAddress ofExtendedReply(String message) {
        int open = message.indexOf('(');
        if (open < 0 || open + 5 > message.length()) {
            return null;
        }
        char delimiter = message.charAt(open + 1);
        String[] parts =
                message.substring(open + 2)
                        .split(java.util.regex.Pattern.quote(String.valueOf(delimiter)), 4);
        int port = parts.length < 3 ? 0 : port(parts[2]);
        return port == 0 ? null : new FtpAddress(Addr.parse(parts[1]), port);
    }

    private static int port(String text) {
        if (text.isEmpty()
                || text.length() > 5
                || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return 0;
        }
        int port = Integer.parseInt(text);
        return port > MAX_PORT ? 0 : port;
    }

    private static boolean isDigit(String text, int at) {
        return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
    }
}
