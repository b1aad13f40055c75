package io.hark.decode.shell;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/// The text of a shell without what a terminal adds to it: escape sequences, echoes, prompts.
final class ShellText {

    private static final Pattern ESCAPES =
            Pattern.compile(
                    "\\x1b(?:\\[[0-9;?]{0,32}["
                            + " -/]?[@-~]|\\][^\\x07\\x1b]{0,256}(?:\\x07|\\x1b\\\\)?|[@-Z\\\\^_=>])");

    /// A prompt at the end of a text: its first group.
    static final Pattern PROMPT =
            Pattern.compile(
                    "(?:^|\\n"
                            + ")((?:PS )?[A-Za-z]:\\\\[^\\r"
                            + "\\n"
                            + "<>|\"*?]{0,200}> ?|(?:ba|da|z|k|a)?sh-\\d{1,2}\\.\\d{1,3}[$#]"
                            + " ?|\\[?[\\w.-]{1,32}@[\\w.-]{1,64}[: ][^\\r"
                            + "\\n"
                            + "]{0,200}[$#] ?|[$#] )\\z");

    private ShellText() {}

    /// Text without escape sequences, with plain line ends; what is no UTF-8 is read octet by
    /// octet.
    static String clean(byte[] octets) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(octets)).toString();
        } catch (CharacterCodingException e) {
            text =
                    new String(
                            octets,
                            StandardCharsets.ISO_8859_1); // a code page: the ASCII in it is right
        }
        return ESCAPES.matcher(text).replaceAll("").replaceAll("\r+\n", "\n").replace('\r', '\n');
    }

    /// Takes echoes of the last command from the beginning: a shell echoes once, behind a terminal
    /// twice.
    static String withoutEcho(String text, String command) {
        String rest = text;
        for (int i = 0; i < 2 && !command.isEmpty(); i++) {
            int lineEnd = rest.indexOf('\n');
            String first = lineEnd < 0 ? rest : rest.substring(0, lineEnd);
            if (!first.strip().equals(command)) {
                break;
            }
            rest = lineEnd < 0 ? "" : rest.substring(lineEnd + 1);
        }
        return rest;
    }

    /// Takes empty lines from both ends.
    static String trimLines(String text) {
        int from = 0;
        while (text.charAt(from) == '\n') {
            from++;
        }
        return text.substring(from).stripTrailing();
    }
}
