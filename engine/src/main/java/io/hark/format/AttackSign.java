package io.hark.format;

import io.hark.bytes.AsciiSet;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Signs in the text of a request that it means to be run by whoever reads it: a database, a
/// browser, a shell, a logger.
///
/// Text is looked at as it stands and unwrapped: percent-encoding up to three times, base64 in
/// values, the substitutions that hide `jndi`. Patterns are bounded, so that no text makes them
/// slow.
///
/// *Source*: the OWASP guides to injection; CVE-2014-6271 (Shellshock), CVE-2021-44228 (Log4Shell),
/// CVE-2012-1823 (PHP-CGI), CVE-2017-5638 (OGNL).
public enum AttackSign {
    /// A name for Java to look up and load: Log4Shell.
    JNDI(
            Clue.pattern(
                    "\\$\\{[^}]{0,60}jndi:|\\bjndi:(ldaps?|rmi|dns|iiop|nis|corba|https?):/{1,2}",
                    "jndi:")),
    /// A function definition for a shell's environment: Shellshock.
    SHELLSHOCK(Clue.lettered("{;", "\\(\\)\\s{0,5}\\{[^}]{0,40}\\}?\\s{0,5};", "()")),
    /// A command for a shell.
    COMMAND(
            Clue.pattern(
                    "(?:;|\\||`|&&|\\n|\\$\\()\\s{0,5}"
                            + "(?:cat|id|ls|uname|wget|curl|nc|ncat|bash|sh|ping|nslookup|whoami|chmod"
                            + "|busybox|tftp|certutil|powershell|ifconfig|netstat|rm|cd)"
                            + "(?:\\s{1,5}[-/\\w.$'\"]|\\s{0,3}[;|`)]|\\s{0,3}$)",
                    ";",
                    "|",
                    "`",
                    "&&",
                    "\n",
                    "$("),
            Clue.pattern("/bin/(?:ba|da|z|k|a)?sh\\b", "/bin/"),
            Clue.lettered("/", "\\bcmd(?:\\.exe)?\\s{0,3}/c\\b", "cmd"),
            Clue.lettered(" -", "\\bpowershell(?:\\.exe)?\\s{1,5}-", "powershell"),
            Clue.pattern("[/\\\\]system32[/\\\\]cmd\\.exe", "system32"),
            Clue.words("/dev/tcp/", "${ifs}")),
    /// Code for an interpreter or an expression language.
    CODE(
            Clue.pattern("<\\?php\\b", "<?php"),
            Clue.pattern("<%\\s{0,5}(?:eval|execute|page\\s)", "<%"),
            Clue.lettered(
                    "(",
                    "\\b(?:eval|assert)\\s{0,3}\\(\\s{0,3}\\$?_?(?:base64|request|post|get|gz)",
                    "eval",
                    "assert"),
            Clue.lettered(
                    "(",
                    "\\b(?:base64_decode|shell_exec|passthru|proc_open)\\s{0,3}\\(",
                    "base64_decode",
                    "shell_exec",
                    "passthru",
                    "proc_open"),
            Clue.pattern("runtime\\)?\\.getruntime", ".getruntime"),
            Clue.lettered("#", "%\\{\\s{0,3}\\(?#", "%{"),
            Clue.lettered("{", "\\{\\{.{0,40}__class__", "__class__"),
            Clue.words(
                    "processbuilder",
                    "class.module.classloader",
                    "@ognl.",
                    "${t(java",
                    "allow_url_include",
                    "auto_prepend_file",
                    "__import__(")),
    /// A piece of a database's language.
    SQL(
            Clue.pattern("\\bunion\\b.{1,20}\\bselect\\b", "union"),
            Clue.lettered(
                    " ",
                    "['\"]\\s{0,5}\\)?\\s{0,5}(?:or|and|\\|\\|)\\s{1,5}['\"(]?[\\w%]{1,20}['\")]{0,2}\\s{0,3}(?:=|like\\b|<|>)",
                    "'",
                    "\""),
            Clue.lettered(
                    "=",
                    "\\b(?:or|and)\\s{1,5}(\\d{1,9})\\s{0,3}=\\s{0,3}\\1\\b",
                    Clue.spaced("or", "and")),
            Clue.lettered(
                    " ;",
                    "['\"]\\s{0,5};\\s{0,5}(?:drop|insert|update|delete|exec|declare|shutdown|select)\\s",
                    "'",
                    "\""),
            Clue.lettered(" ", "\\bwaitfor\\s{1,5}delay\\b", "waitfor"),
            Clue.pattern("\\b(?:pg_)?sleep\\(\\s{0,3}\\d", "sleep("),
            Clue.pattern("\\bbenchmark\\(\\s{0,3}\\d", "benchmark("),
            Clue.pattern("\\binformation_schema\\b", "information_schema"),
            Clue.pattern("\\bxp_cmdshell\\b", "xp_cmdshell"),
            Clue.lettered("(", "\\bload_file\\s{0,3}\\(", "load_file"),
            Clue.lettered(" ", "\\binto\\s{1,5}(?:out|dump)file\\b", "outfile", "dumpfile"),
            Clue.lettered(
                    "(", "\\b(?:extractvalue|updatexml)\\s{0,3}\\(", "extractvalue", "updatexml")),
    /// A way out of the folder that a server serves.
    TRAVERSAL(
            Clue.pattern("(?:\\.\\.[/\\\\]{1,3}){3}", ".."),
            Clue.pattern("/etc/(?:passwd|shadow)\\b", "/etc/"),
            Clue.pattern("\\b(?:win|boot|system)\\.ini\\b", ".ini"),
            Clue.lettered("..", "\\.\\.[/\\\\].{0,60}web-inf", "web-inf"),
            Clue.pattern("\\bphp://(?:filter|input)", "php://"),
            Clue.pattern("\\bfile:///", "file:///")),
    /// A script for a browser.
    SCRIPT(
            Clue.pattern("<script\\b", "<script"),
            Clue.lettered(
                    "=",
                    "<(?:img|svg|iframe|body|object|embed|video|details|input|a)\\b[^>]{0,200}\\bon[a-z]{3,20}\\s{0,5}=",
                    "<"),
            Clue.pattern("['\"><]\\s{0,5}javascript:", "javascript:"),
            Clue.pattern("\\bdocument\\.cookie\\b", "document.cookie"),
            Clue.pattern("\\bstring\\.fromcharcode\\(", "fromcharcode("),
            Clue.pattern("\\balert\\((?:\\d|['\"`]|document)", "alert("));

    private static final int MAX_TEXT = 8192; // what servers take of a target or a header
    private static final int MAX_LAYERS = 3; // double encoding passes filters, more is for show
    private static final int MAX_WRAPPED = 8; // values in base64 looked into
    private static final int MIN_WRAPPED = 16; // letters: shorter ones hold nothing worth a look
    private static final int MAX_RUN = 2048; // letters of one value
    private static final int GLANCE = 16; // letters that tell whether a value holds text at all
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "\\$\\{(?:(?:lower|upper):|[^${}]{0,40}:-)([^${}]{0,20})\\}",
                    Pattern.CASE_INSENSITIVE);

    private static final Set<AttackSign> ALL = EnumSet.allOf(AttackSign.class);

    private final List<Clue> clues;

    AttackSign(Clue... clues) {
        this.clues = List.of(clues);
    }

    private boolean isIn(String text, AsciiSet letters) {
        for (int i = 0; i < clues.size(); i++) {
            if (clues.get(i).isIn(text, letters)) {
                return true;
            }
        }
        return false;
    }

    /// The signs in a text, unwrapped; none in most texts, told at a glance.
    public static Set<AttackSign> in(String text) {
        return in(text, ALL);
    }

    /// Those of the signs in a text that are `wanted`.
    public static Set<AttackSign> in(String text, Set<AttackSign> wanted) {
        Set<AttackSign> signs = EnumSet.noneOf(AttackSign.class);
        String whole = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        String layer = whole;
        look(layer, signs, wanted);
        for (int i = 0;
                i < MAX_LAYERS && (layer.indexOf('%') >= 0 || layer.indexOf('+') >= 0);
                i++) {
            layer = unescaped(layer);
            look(layer, signs, wanted);
        }
        unwrap(whole, signs, wanted);
        return signs;
    }

    private static void look(String text, Set<AttackSign> signs, Set<AttackSign> wanted) {
        if (isPlain(text)) {
            return;
        }
        String shown = text;
        for (int i = 0; i < MAX_LAYERS && shown.contains("${"); i++) {
            shown = HIDDEN.matcher(shown).replaceAll("$1");
        }
        String lower = shown.toLowerCase(Locale.ROOT);
        AsciiSet letters = AsciiSet.of(lower);
        for (AttackSign sign : wanted) {
            if (!signs.contains(sign) && sign.isIn(lower, letters)) {
                signs.add(sign);
            }
        }
    }

    /// Whether it has nothing in it that any sign needs.
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '\'', '"', '<', ';', '|', '`', '(', '{', '\\', '=', ':', '_' -> {
                    return false;
                }
                case '.' -> {
                    if (i + 1 < text.length() && text.charAt(i + 1) == '.') {
                        return false;
                    }
                }
                case '/' -> {
                    if (text.startsWith("/etc/", i)
                            || text.startsWith("/bin/", i)
                            || text.startsWith("/dev/", i)) {
                        return false;
                    }
                }
                default -> {}
            }
        }
        return true;
    }

    /// Percent-encoding undone where it is well-formed, and `+` as a space.
    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            int high = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 1), 16) : -1;
            int low = i + 2 <= text.length() - 1 ? Character.digit(text.charAt(i + 2), 16) : -1;
            if (letter == '%' && high >= 0 && low >= 0) {
                plain.append((char) (high << 4 | low));
                i += 2;
            } else {
                plain.append(letter == '+' ? ' ' : letter);
            }
        }
        return plain.toString();
    }

    /// Looks into the first runs of letters that may be base64.
    private static void unwrap(String text, Set<AttackSign> signs, Set<AttackSign> wanted) {
        int found = 0;
        int from = 0;
        for (int i = 0; i <= text.length() && found < MAX_WRAPPED; i++) {
            boolean goes = i < text.length() && isWrapping(text.charAt(i));
            if (goes && i - from < MAX_RUN) {
                continue;
            }
            if (i - from >= MIN_WRAPPED) {
                found++;
                String inside = unwrapped(text, from, i);
                if (!inside.isEmpty()) {
                    look(inside, signs, wanted);
                }
            }
            from = goes ? i : i + 1;
        }
    }

    private static boolean isWrapping(char c) {
        return c >= 'a' && c <= 'z'
                || c >= 'A' && c <= 'Z'
                || c >= '0' && c <= '9'
                || c == '+'
                || c == '/'
                || c == '_'
                || c == '-';
    }

    /// What base64 holds if that is text; else nothing.
    private static String unwrapped(String text, int from, int to) {
        int whole = to - from & ~3;
        boolean begins = isText(decoded(text.substring(from, from + GLANCE)));
        byte[] octets = begins ? decoded(text.substring(from, from + whole)) : new byte[0];
        return isText(octets) ? new String(octets, StandardCharsets.ISO_8859_1) : "";
    }

    private static byte[] decoded(String word) {
        return Base64.getDecoder().decode(word.replace('-', '+').replace('_', '/'));
    }

    private static boolean isText(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0x20 && octet != '\n' && octet != '\r' && octet != '\t') {
                return false;
            }
        }
        return true;
    }
}
