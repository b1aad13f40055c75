package io.hark.log.web;

import io.hark.event.LogDraft;

/// The line of a request as servers log it: `GET /path?query HTTP/1.1`.
///
/// *Source*: RFC 9112 §3.
final class Request {

    private static final int MAX_METHOD = 32;

    private Request() {}

    /// Puts method and URL into their columns; what is no request line is kept as the message.
    static void read(String line, LogDraft out) {
        int first = line.indexOf(' ');
        int last = line.lastIndexOf(' ');
        boolean isLine = first > 0 && first <= MAX_METHOD && isMethod(line, first);
        if (!isLine) {
            out.put("message", line);
            return;
        }
        boolean hasVersion = last > first && line.startsWith("HTTP/", last + 1);
        out.put("http.request.method", line.substring(0, first));
        out.url(line.substring(first + 1, hasVersion ? last : line.length()));
        if (hasVersion) {
            out.more("http.version", line.substring(last + 6));
        }
    }

    private static boolean isMethod(String line, int end) {
        for (int i = 0; i < end; i++) {
            char c = line.charAt(i);
            if (!Character.isLetter(c) && c != '_' && c != '-') {
                return false;
            }
        }
        return true;
    }

    /// Whether it went well, as far as a status tells: below 400.
    static String outcome(String status) {
        if (status.length() != 3 || !Character.isDigit(status.charAt(0))) {
            return "";
        }
        return status.charAt(0) >= '4' ? "failure" : "success";
    }
}
