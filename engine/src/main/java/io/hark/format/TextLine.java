package io.hark.format;

import io.hark.bytes.Bytes;

/// Lines of text, as mail, chat and other old protocols have them: up to a line feed, with or
/// without a carriage return before it.
public final class TextLine {

    private TextLine() {}

    /// The length of the line that `head` begins with, its end included; 0 where the end is not
    /// here yet. Octets that [Bytes#seen] counts hold no end: a session that answers MORE for
    /// another reason than this 0 has looked for it, too.
    ///
    /// @param most the longest line taken; a longer one answers `most + 1`, which is malformed for
    ///   a session whose `maxMessage` is `most`
    public static int frame(Bytes head, int most) {
        int end = head.indexOf('\n', head.seen());
        return end < 0 ? head.length() > most ? most + 1 : 0 : Math.min(end + 1, most + 1);
    }

    /// The line without its end, every octet one character.
    ///
    /// For example, `EHLO a\r\n` is `EHLO a`.
    public static String of(Bytes whole) {
        int end = whole.length();
        while (end > 0 && (whole.peek(end - 1) == '\n' || whole.peek(end - 1) == '\r')) {
            end--;
        }
        return whole.ascii(0, end);
    }

    /// The first word of a line, up to a space or a tab.
    public static String word(String line) {
        int end = 0;
        while (end < line.length() && line.charAt(end) != ' ' && line.charAt(end) != '\t') {
            end++;
        }
        return line.substring(0, end);
    }

    /// What stands behind the first word, without the blanks around it.
    public static String rest(String line) {
        return line.substring(word(line).length()).strip();
    }

    /// Whether the octets from `from` to `to` of `head`, or to its end, could be text: no control
    /// characters but tab, carriage return and line feed.
    public static boolean isText(Bytes head, int from, int to) {
        for (int i = from; i < Math.min(to, head.length()); i++) {
            int octet = head.peek(i);
            if (octet < ' ' && octet != '\t' && octet != '\r' && octet != '\n' || octet == 0x7f) {
                return false;
            }
        }
        return true;
    }
}
