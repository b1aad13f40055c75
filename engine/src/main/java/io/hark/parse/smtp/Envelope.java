package io.hark.parse.smtp;

import io.hark.format.TextLine;

/// The small parts of commands and answers.
///
/// *Source*: RFC 5321 §4.1.2, §4.2.
final class Envelope {

    private static final int MAX_DIGITS = 18; // so that a size fits a long

    private Envelope() {}

    /// The address of a path: `<a@b.test> SIZE=3` is `a@b.test`.
    static String address(String path) {
        int open = path.indexOf('<');
        int close = path.indexOf('>', open + 1);
        return open >= 0 && close > open
                ? path.substring(open + 1, close)
                : TextLine.word(path.strip());
    }

    /// The number that an argument begins with, or -1.
    static long size(String argument) {
        String word = TextLine.word(argument);
        boolean number =
                !word.isEmpty()
                        && word.length() <= MAX_DIGITS
                        && word.chars().allMatch(c -> c >= '0' && c <= '9');
        return number ? Long.parseLong(word) : -1;
    }

    /// The code of an answer, or -1 where the line is none.
    static int code(String line) {
        if (line.length() < 3
                || line.length() > 3 && line.charAt(3) != ' ' && line.charAt(3) != '-') {
            return -1;
        }
        int code = 0;
        for (int i = 0; i < 3; i++) {
            char c = line.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            code = code * 10 + c - '0';
        }
        return code >= 200 && code < 600 ? code : -1;
    }
}
