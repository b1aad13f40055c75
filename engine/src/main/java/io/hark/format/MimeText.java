package io.hark.format;

import io.hark.bytes.Bytes;
import org.jspecify.annotations.Nullable;

/// Types of text by what it begins with: marks, not grammar.
///
/// *Shape*: stateless.
final class MimeText {

    /// The mark of UTF-8.
    static final String UTF_8 = "\u00ef\u00bb\u00bf";

    private static final int MAX_COMMENTS = 16; // before the first element of a page

    private record Element(String begin, String type) {}

    /// Beginnings of the first element, lower case, after declarations and comments; the first that
    /// fits counts.
    private static final Element[] ELEMENTS = {
        new Element("!doctype html", "text/html"),
        new Element("html", "text/html"),
        new Element("head", "text/html"),
        new Element("title", "text/html"),
        new Element("body", "text/html"),
        new Element("meta http-equiv", "text/html"),
        new Element("!doctype cross-domain-policy", "text/x-cross-domain-policy"),
        new Element("cross-domain-policy", "text/x-cross-domain-policy"),
        new Element("rss", "text/rss"),
        new Element("feed", "text/atom"),
        new Element("soap:envelope", "application/soap+xml"),
        new Element("soap-env:envelope", "application/soap+xml"),
        new Element("methodresponse>", "application/xml-rpc"),
        new Element("jnlp ", "application/x-java-jnlp-file")
    };

    private record Interpreter(String name, String type) {}

    private static final Interpreter[] INTERPRETERS = {
        new Interpreter("python", "text/x-python"),
        new Interpreter("perl", "text/x-perl"),
        new Interpreter("ruby", "text/x-ruby"),
        new Interpreter("php", "text/x-php"),
        new Interpreter("lua", "text/x-lua"),
        new Interpreter("node", "application/javascript"),
        new Interpreter("tcl", "text/x-tcl"),
        new Interpreter("wish", "text/x-tcl"),
        new Interpreter("awk", "text/x-awk"),
        new Interpreter("gawk", "text/x-awk"),
        new Interpreter("sh", "text/x-shellscript"),
        new Interpreter("bash", "text/x-shellscript"),
        new Interpreter("dash", "text/x-shellscript"),
        new Interpreter("zsh", "text/x-shellscript"),
        new Interpreter("ksh", "text/x-shellscript"),
        new Interpreter("csh", "text/x-shellscript"),
        new Interpreter("tcsh", "text/x-shellscript"),
        new Interpreter("fash", "text/x-shellscript")
    };

    private MimeText() {}

    /// The type of text, or null where there is too little of it.
    static @Nullable String of(Bytes head) {
        int at = skipSpace(head, head.looksAt(0, UTF_8) ? 3 : 0);
        String type =
                switch (head.peek(at)) {
                    case '<' -> markup(head, at);
                    case '{' -> object(head, at);
                    case '[' -> array(head, at);
                    case '#' -> at == 0 && head.peek(1) == '!' ? script(head) : null;
                    case 'f' -> head.looksAt(at, "for (;;);") ? "application/javascript" : null;
                    case 'd' ->
                            head.looksAt(at, "document.write") ? "application/javascript" : null;
                    case '(' -> isFunction(head, at) ? "application/javascript" : null;
                    default -> null;
                };
        return type != null ? type : Mime.isPlain(head) ? "text/plain" : null;
    }

    private static boolean isFunction(Bytes head, int from) {
        int at = from + "(function()".length();
        int octet = head.peek(at);
        while (octet == ' ' || octet == '\t' || octet == '\n') {
            octet = head.peek(++at);
        }
        return octet == '{' && head.looksAt(from, "(function()");
    }

    private static int skipSpace(Bytes head, int from) {
        int at = from;
        for (int octet = head.peek(at);
                octet == ' ' || octet >= 9 && octet <= 13;
                octet = head.peek(at)) {
            at++;
        }
        return at;
    }

    private static @Nullable String markup(Bytes head, int from) {
        int at = from;
        boolean declared = false;
        for (int i = 0; i < MAX_COMMENTS; i++) {
            if (head.looksAt(at, "<!--")) {
                at = behind(head, at, "-->");
            } else if (head.looksAt(at, "<?xml ")) {
                declared = true;
                at = behind(head, at, "?>");
            } else {
                break;
            }
            at = skipSpace(head, at);
        }
        if (head.peek(at) == '<') {
            for (Element element : ELEMENTS) {
                if (looksAt(head, at + 1, element.begin)) {
                    return element.type;
                }
            }
            if (looksAt(head, at + 1, "script")) {
                return isJavaScript(head, at) ? "application/javascript" : null;
            }
            if (head.looksAt(at, "<?php")) {
                return "text/x-php";
            }
        }
        return declared ? "application/xml" : null;
    }

    private static boolean isJavaScript(Bytes head, int at) {
        int end = head.indexOf('>', at);
        String tag =
                head.ascii(at, end < 0 ? head.length() : Math.min(end, at + 200))
                        .toLowerCase(java.util.Locale.ROOT);
        int code = end < 0 ? head.length() : skipSpace(head, end + 1);
        return tag.contains("javascript")
                || tag.equals("<script")
                        && (head.looksAt(code, "var ") || head.looksAt(code, "function "));
    }

    private static int behind(Bytes head, int at, String mark) {
        for (int place = head.indexOf(mark.charAt(0), at);
                place >= 0;
                place = head.indexOf(mark.charAt(0), place + 1)) {
            if (head.looksAt(place, mark)) {
                return place + mark.length();
            }
        }
        return head.length();
    }

    private static boolean looksAt(Bytes head, int at, String lower) {
        for (int i = 0; i < lower.length(); i++) {
            int octet = head.peek(at + i);
            if ((octet >= 'A' && octet <= 'Z' ? octet | 0x20 : octet) != lower.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /// `{"name": value`, or an empty object alone.
    private static @Nullable String object(Bytes head, int from) {
        int at = skipSpace(head, from + 1);
        if (head.peek(at) == '}') {
            return skipSpace(head, at + 1) >= head.length() ? "text/json" : null;
        }
        boolean quoted = head.peek(at) == '"';
        int end = quoted ? head.indexOf('"', at + 1) : word(head, at);
        if (end < 0 || end == at || quoted && end == at + 1) {
            return null;
        }
        at = skipSpace(head, quoted ? end + 1 : end);
        return head.peek(at) == ':' && isValue(head, skipSpace(head, at + 1)) ? "text/json" : null;
    }

    private static int word(Bytes head, int from) {
        int at = from;
        for (int octet = head.peek(at);
                octet == '_' || octet >= 0 && Character.isLetterOrDigit(octet);
                octet = head.peek(at)) {
            at++;
        }
        return at;
    }

    private static boolean isValue(Bytes head, int at) {
        int octet = head.peek(at);
        return octet == '"'
                || octet == '['
                || octet == '{'
                || octet >= '0' && octet <= '9'
                || head.looksAt(at, "true")
                || head.looksAt(at, "false");
    }

    /// `[value,`, or an array or object in it, or an empty one alone.
    private static @Nullable String array(Bytes head, int from) {
        int at = skipSpace(head, from + 1);
        int octet = head.peek(at);
        if (octet == ']') {
            return skipSpace(head, at + 1) >= head.length() ? "text/json" : null;
        }
        if (octet == '{' || octet == '[') {
            return "text/json";
        }
        if (!isValue(head, at)) {
            return null;
        }
        int end = octet == '"' ? head.indexOf('"', at + 1) + 1 : number(head, at);
        return end > at && head.peek(skipSpace(head, end)) == ',' ? "text/json" : null;
    }

    private static int number(Bytes head, int from) {
        int at = word(head, from);
        return head.peek(at) == '.' ? word(head, at + 1) : at;
    }

    /// A `#!` line.
    private static @Nullable String script(Bytes head) {
        int newline = head.indexOf('\n', 0);
        String line =
                head.ascii(2, newline < 0 ? Math.min(head.length(), 100) : Math.min(newline, 100))
                        .strip();
        int space = line.indexOf(' ');
        String path = space < 0 ? line : line.substring(0, space);
        String name = path.substring(path.lastIndexOf('/') + 1);
        if (name.equals("env") && space > 0) {
            name = line.substring(space + 1).strip();
        }
        for (Interpreter interpreter : INTERPRETERS) {
            boolean shell = interpreter.type.equals("text/x-shellscript");
            if (shell
                    ? name.equals(interpreter.name) || name.startsWith(interpreter.name + " ")
                    : name.startsWith(interpreter.name)) {
                return interpreter.type;
            }
        }
        return null;
    }
}
