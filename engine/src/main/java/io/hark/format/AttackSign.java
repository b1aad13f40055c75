package io.hark.format;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
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
            needs("jndi:"),
            "\\$\\{[^}]{0,60}jndi:" + "|\\bjndi:(ldaps?|rmi|dns|iiop|nis|corba|https?):/{1,2}"),
    /// A function definition for a shell's environment: Shellshock.
    SHELLSHOCK(needs("()"), "\\(\\)\\s{0,5}\\{[^}]{0,40}\\}?\\s{0,5};"),
    /// A command for a shell.
    COMMAND(
            needs(
                    ";",
                    "|",
                    "`",
                    "&&",
                    "\n",
                    "$(",
                    "/bin/",
                    "cmd",
                    "/dev/tcp/",
                    "powershell",
                    "system32",
                    "${ifs}"),
            "(?:;|\\||`|&&|\\n|\\$\\()\\s{0,5}"
                    + "(?:cat|id|ls|uname|wget|curl|nc|ncat|bash|sh|ping|nslookup|whoami|chmod"
                    + "|busybox|tftp|certutil|powershell|ifconfig|netstat|rm|cd)"
                    + "(?:\\s{1,5}[-/\\w.$'\"]|\\s{0,3}[;|`)]|\\s{0,3}$)"
                    + "|/bin/(?:ba|da|z|k|a)?sh\\b|\\bcmd(?:\\.exe)?\\s{0,3}/c\\b|/dev/tcp/"
                    + "|\\bpowershell(?:\\.exe)?\\s{1,5}-|[/\\\\]system32[/\\\\]cmd\\.exe|\\$\\{ifs\\}"),
    /// Code for an interpreter or an expression language.
    CODE(
            needs(
                    "<?php",
                    "<%",
                    "eval",
                    "assert",
                    "base64_decode",
                    "shell_exec",
                    "passthru",
                    "proc_open",
                    "getruntime",
                    "processbuilder",
                    "classloader",
                    "%{",
                    "@ognl.",
                    "${t(java",
                    "allow_url_include",
                    "auto_prepend_file",
                    "__import__(",
                    "__class__"),
            "<\\?php\\b|<%\\s{0,5}(?:eval|execute|page\\s)|\\b(?:eval|assert)\\s{0,3}\\(\\s{0,3}\\$?_?(?:base64|request|post|get|gz)"
                    + "|\\b(?:base64_decode|shell_exec|passthru|proc_open)\\s{0,3}\\("
                    + "|runtime\\)?\\.getruntime|processbuilder|class\\.module\\.classloader"
                    + "|%\\{\\s{0,3}\\(?#|@ognl\\.|\\$\\{t\\(java|allow_url_include|auto_prepend_file"
                    + "|__import__\\(|\\{\\{.{0,40}__class__"),
    /// A piece of a database's language.
    SQL(
            needs(
                    "'",
                    "\"",
                    "=",
                    "select",
                    "waitfor",
                    "sleep(",
                    "benchmark(",
                    "information_schema",
                    "xp_cmdshell",
                    "load_file",
                    "file",
                    "extractvalue",
                    "updatexml"),
            "\\bunion\\b.{1,20}\\bselect\\b"
                    + "|['\"]\\s{0,5}\\)?\\s{0,5}(?:or|and|\\|\\|)\\s{1,5}['\"(]?[\\w%]{1,20}['\")]{0,2}\\s{0,3}(?:=|like\\b|<|>)"
                    + "|\\b(?:or|and)\\s{1,5}(\\d{1,9})\\s{0,3}=\\s{0,3}\\1\\b"
                    + "|['\"]\\s{0,5};\\s{0,5}(?:drop|insert|update|delete|exec|declare|shutdown|select)\\s"
                    + "|\\bwaitfor\\s{1,5}delay\\b|\\b(?:pg_)?sleep\\(\\s{0,3}\\d|\\bbenchmark\\(\\s{0,3}\\d"
                    + "|\\binformation_schema\\b|\\bxp_cmdshell\\b|\\bload_file\\s{0,3}\\("
                    + "|\\binto\\s{1,5}(?:out|dump)file\\b|\\b(?:extractvalue|updatexml)\\s{0,3}\\("),
    /// A way out of the folder that a server serves.
    TRAVERSAL(
            needs("..", "/etc/", ".ini", "php://", "file:///"),
            "(?:\\.\\.[/\\\\]{1,3}){3}|/etc/(?:passwd|shadow)\\b|\\b(?:win|boot|system)\\.ini\\b"
                    + "|\\.\\.[/\\\\].{0,60}web-inf|\\bphp://(?:filter|input)|\\bfile:///"),
    /// A script for a browser.
    SCRIPT(
            needs("<", "javascript:", "document.cookie", "fromcharcode(", "alert("),
            "<script\\b|<(?:img|svg|iframe|body|object|embed|video|details|input|a)\\b[^>]{0,200}\\bon[a-z]{3,20}\\s{0,5}="
                    + "|['\"><]\\s{0,5}javascript:|\\bdocument\\.cookie\\b|\\bstring\\.fromcharcode\\("
                    + "|\\balert\\((?:\\d|['\"`]|document)");

    private static final int MAX_TEXT = 8192; // what servers take of a target or a header
    private static final int MAX_LAYERS = 3; // double encoding passes filters, more is for show
    private static final int MAX_WRAPPED = 8; // values in base64 looked into
    private static final Pattern WRAPPED = Pattern.compile("[A-Za-z0-9+/_-]{16,2048}={0,2}");
    private static final Pattern HIDDEN =
            Pattern.compile(
                    "\\$\\{(?:(?:lower|upper):|[^${}]{0,40}:-)([^${}]{0,20})\\}",
                    Pattern.CASE_INSENSITIVE);

    private final List<String> needed;
    private final Pattern pattern;

    /// @param needed of which one is in every text that the pattern finds: they are looked for
    ///   first, since that is cheap
    AttackSign(List<String> needed, String pattern) {
        this.needed = needed;
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    private static List<String> needs(String... words) {
        return List.of(words);
    }

    private boolean isIn(String text) {
        for (int i = 0; i < needed.size(); i++) {
            if (text.contains(needed.get(i))) {
                return pattern.matcher(text).find();
            }
        }
        return false;
    }

    /// The signs in a text, unwrapped; none in most texts, told at a glance.
    public static Set<AttackSign> in(String text) {
        Set<AttackSign> signs = EnumSet.noneOf(AttackSign.class);
        String layer = text.length() > MAX_TEXT ? text.substring(0, MAX_TEXT) : text;
        Matcher wrapped = WRAPPED.matcher(layer);
        look(layer, signs);
        for (int i = 0;
                i < MAX_LAYERS && (layer.indexOf('%') >= 0 || layer.indexOf('+') >= 0);
                i++) {
            layer = unescaped(layer);
            look(layer, signs);
        }
        for (int i = 0; i < MAX_WRAPPED && wrapped.find(); i++) {
            look(unwrapped(wrapped.group()), signs);
        }
        return signs;
    }

    private static void look(String text, Set<AttackSign> signs) {
        if (isPlain(text)) {
            return;
        }
        String shown = text;
        for (int i = 0; i < MAX_LAYERS && shown.contains("${"); i++) {
            shown = HIDDEN.matcher(shown).replaceAll("$1");
        }
        String lower = shown.toLowerCase(Locale.ROOT);
        for (AttackSign sign : values()) {
            if (!signs.contains(sign) && sign.isIn(lower)) {
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

    /// What base64 holds if that is text; else nothing.
    private static String unwrapped(String word) {
        String plain = word.replace('-', '+').replace('_', '/');
        int whole = plain.replace("=", "").length() & ~3;
        byte[] octets = Base64.getMimeDecoder().decode(plain.substring(0, whole));
        for (byte octet : octets) {
            if (octet < 0x20 && octet != '\n' && octet != '\r' && octet != '\t') {
                return "";
            }
        }
        return new String(octets, StandardCharsets.ISO_8859_1);
    }
}
