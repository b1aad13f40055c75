package io.hark.decode.shell;

import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Tells a shell from other text, and which side it runs on: by banners and prompts, by commands on
/// one side that the other side answers as a shell does, by echoes. Each sign weighs something; at
/// [#ENOUGH] it is a shell.
///
/// *Shape*: looks at no more than [#MAX_LOOK] octets of either side; every pattern is bounded.
final class ShellSigns {

    /// The weight from which it is a shell. One command with its answer is not enough, two are, and
    /// so is a banner alone.
    static final int ENOUGH = 7;

    /// The most octets of one side that are looked at.
    static final int MAX_LOOK = 8192;

    private static final int MAX_LINES = 64; // of the operator's: decided long before
    private static final int MAX_COMMAND =
            512; // octets of a command line that still looks typed or scripted
    private static final int MAX_COUNTED =
            6; // commands that count, so that many of them do not outweigh silence

    /// What was found.
    ///
    /// @param implant the side the shell runs on
    /// @param weight the sum of the signs
    /// @param flavour which shell: `cmd.exe`, `powershell`, `unix`
    /// @param why the signs, for people
    record Found(Side implant, int weight, String flavour, String why) {
        boolean isShell() {
            return weight >= ENOUGH;
        }
    }

    private record Sign(Pattern pattern, int weight, String flavour, String name) {
        static Sign of(int weight, String flavour, String name, String regex) {
            return new Sign(Pattern.compile(regex, Pattern.MULTILINE), weight, flavour, name);
        }
    }

    private static final String CMD = "cmd.exe";
    private static final String POWERSHELL = "powershell";
    private static final String UNIX = "unix";

    private static final List<Sign> OUTPUT =
            List.of(
                    Sign.of(
                            10,
                            CMD,
                            "banner of cmd.exe",
                            "^Microsoft Windows \\[[^\\]\\r\\n]{4,40}\\]"),
                    Sign.of(
                            10,
                            POWERSHELL,
                            "banner of PowerShell",
                            "^Windows PowerShell\\r?\\nCopyright \\(C\\)"),
                    Sign.of(
                            8,
                            POWERSHELL,
                            "prompt of PowerShell",
                            "^PS [A-Za-z]:\\\\[^\\r\\n>]{0,200}> ?"),
                    Sign.of(6, CMD, "prompt of cmd.exe", "^[A-Za-z]:\\\\[^\\r\\n<>|\"*?]{0,200}>"),
                    Sign.of(
                            8,
                            UNIX,
                            "prompt of sh",
                            "^(?:ba|da|z|k|a)?sh-\\d{1,2}\\.\\d{1,3}[$#] "),
                    Sign.of(
                            6,
                            UNIX,
                            "prompt",
                            "^\\[?[\\w.-]{1,32}@[\\w.-]{1,64}[: ][^\\r\\n]{0,200}[$#] "),
                    Sign.of(2, UNIX, "bare prompt", "^[$#] "),
                    Sign.of(
                            8,
                            UNIX,
                            "shell without a terminal",
                            "no job control in this shell|job control turned off"),
                    Sign.of(
                            4,
                            UNIX,
                            "answer of id",
                            "^uid=\\d{1,10}(?:\\([^)\\r\\n]{0,64}\\))? gid=\\d"),
                    Sign.of(
                            4,
                            UNIX,
                            "command not found",
                            "^[^\\r\\n:]{2,64}: [^\\r\\n]{1,128}: (?:command )?not found"),
                    Sign.of(
                            6,
                            CMD,
                            "command not recognized",
                            "is not recognized as an internal or external command"),
                    Sign.of(
                            4,
                            CMD,
                            "listing of dir",
                            "^ Volume (?:in drive|Serial Number)|^ Directory of [A-Za-z]:\\\\"),
                    Sign.of(4, CMD, "answer of ipconfig", "^Windows IP Configuration"),
                    Sign.of(
                            3,
                            UNIX,
                            "listing of ls",
                            "^total \\d{1,9}\\r?\\n[-dlbcps](?:[r-][w-][xsStT-]){3}"),
                    Sign.of(3, UNIX, "password file", "^root:[^:\\r\\n]{0,8}:0:0:"),
                    Sign.of(
                            3,
                            UNIX,
                            "answer of ps",
                            "^(?:USER +PID +%CPU|UID +PID +PPID| *PID +TTY)"),
                    Sign.of(
                            2,
                            UNIX,
                            "answer of uname",
                            "^(?:Linux|Darwin|FreeBSD)(?: [^\\r\\n]{1,200})?\\r?$"));

    /// How a service of another kind, or its client, begins: a shell does not. Telnet's options
    /// among them.
    private static final Pattern OTHER_PROTOCOL =
            Pattern.compile(
                    "\\A(?:\\d{3}[ -]|\\+OK|-ERR|\\* |SSH-|HTTP/|:[\\w.-]{1,64} |@RSYNCD|RFB"
                            + " |<\\?xml|<stream|ICY "
                            + "|(?:GET|POST|HEAD|PUT|CONNECT|OPTIONS|EHLO|HELO|NICK|USER|PASS|JOIN|PRIVMSG|NOTICE|CAP|REGISTER|INVITE|SUBSCRIBE|M-SEARCH|AUTH|HELLO)"
                            + " (?! ))|\\xff[\\xfa-\\xfe]");

    /// A terminal login is read by its own protocol, and nobody is implanted by logging in.
    private static final Pattern LOGIN =
            Pattern.compile(
                    "(?:login|username|password): ?\\r?$",
                    Pattern.MULTILINE | Pattern.CASE_INSENSITIVE);

    /// Characters at the beginning in which a login asks and a banner stands: later ones are what
    /// somebody lists.
    private static final int BEGINNING = 512;

    private static final int BANNER = 10; // the weight of a sign that speaks for itself

    private static final Set<String> COMMANDS =
            Set.copyOf(
                    List.of(
                            ("id whoami uname ls pwd cd cat ps ifconfig ip netstat ss hostname w"
                                            + " who last env printenv export echo find grep which df du mount"
                                            + " lsblk free uptime date history crontab sudo su chmod chown rm"
                                            + " cp mv mkdir rmdir touch tar gzip gunzip zip unzip wget curl nc"
                                            + " ncat ssh scp ping arp route iptables kill pkill nohup bash sh"
                                            + " python python3 perl ruby php gcc make head tail cut awk sed"
                                            + " sort wc xxd base64 strings file stat ln dd useradd passwd"
                                            + " groups systemctl service lsof dmesg exit stty tty set unset"
                                            + " script dir type copy del ren move md rd cls ver vol ipconfig"
                                            + " net nltest systeminfo tasklist taskkill sc reg wmic schtasks"
                                            + " findstr certutil bitsadmin powershell cmd cmd.exe start where"
                                            + " query quser attrib icacls nslookup tracert get-process"
                                            + " get-childitem get-location get-content invoke-webrequest"
                                            + " whoami.exe $env: get-service get-localuser get-netipaddress")
                                    .split(" ")));

    private static final Pattern LINE_END = Pattern.compile("\\r\\n|\\n|\\r");
    private static final Pattern PATH =
            Pattern.compile(
                    "^(?:/[^\\r\\n]{0,200}|[A-Za-z]:\\\\[^\\r\\n]{0,200})\\r?$", Pattern.MULTILINE);
    private static final Pattern ACCOUNT =
            Pattern.compile("^[\\w.$-]{1,64}(?:\\\\[\\w. $-]{1,64})?\\r?$", Pattern.MULTILINE);

    private ShellSigns() {}

    /// Looks at the beginnings of both sides; null if this is certainly no shell.
    static @Nullable Found look(byte[] originator, byte[] responder) {
        String left = text(originator);
        String right = text(responder);
        if (OTHER_PROTOCOL.matcher(left).find() || OTHER_PROTOCOL.matcher(right).find()) {
            return null;
        }
        if (!hints(left) && !hints(right)) {
            return NOTHING;
        }
        Found reverse = weigh(Side.ORIGINATOR, left, right);
        Found bind = weigh(Side.RESPONDER, right, left);
        Found best = reverse.weight >= bind.weight ? reverse : bind;
        return isBinary(left) || isBinary(right) ? null : best;
    }

    /// Whether it is worth looking again after that many pieces: at each of the first eight, then
    /// at every eighth.
    static boolean isWorthLooking(int pieces) {
        return pieces <= 8 || pieces % 8 == 0;
    }

    /// Whether more than a few octets are none that text has.
    static boolean isBinary(String text) {
        int strange = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            strange +=
                    c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != 7 && c != '\b'
                                    && c != 0x1b
                            ? 1
                            : 0;
        }
        return strange > text.length() / 64;
    }

    /// Whether anything is there that a sign could be made of: a literal of one of them, or a known
    /// command at the beginning. Costs next to nothing beside the patterns.
    private static boolean hints(String text) {
        for (String literal : LITERALS) {
            if (text.contains(literal)) {
                return true;
            }
        }
        int start = 0;
        while (start < text.length() && text.charAt(start) <= ' ') {
            start++;
        }
        int end = start;
        while (end < text.length() && end - start < 32 && text.charAt(end) > ' ') {
            end++;
        }
        return end > start && COMMANDS.contains(word(text.substring(start, end)));
    }

    private static final List<String> LITERALS =
            List.of(
                    "Microsoft Windows [",
                    "Windows PowerShell",
                    "PS C:",
                    ":\\",
                    "sh-",
                    "$ ",
                    "# ",
                    "job control",
                    "uid=",
                    "not found",
                    "not recognized",
                    "Volume",
                    "root:");

    private static final Found NOTHING = new Found(Side.ORIGINATOR, 0, UNIX, "");

    private static String text(byte[] octets) {
        return new String(
                octets, 0, Math.min(octets.length, MAX_LOOK), StandardCharsets.ISO_8859_1);
    }

    private static Found weigh(Side implant, String output, String input) {
        List<String> why = new ArrayList<>();
        String flavour = UNIX;
        int best = 0;
        int weight = 0;
        for (Sign sign : OUTPUT) {
            Matcher found = sign.pattern.matcher(output);
            if (found.find() && (sign.weight < BANNER || found.start() < BEGINNING)) {
                weight += sign.weight;
                why.add(sign.name);
                if (sign.weight > best) {
                    best = sign.weight;
                    flavour = sign.flavour;
                }
            }
        }
        int answered = commands(input, output, why);
        weight += answered;
        boolean login =
                LOGIN.matcher(output.substring(0, Math.min(output.length(), BEGINNING))).find();
        if (login || (best < BANNER && answered <= 0)) {
            weight = 0; // only a banner speaks for itself; what is never asked is no shell
        }
        return new Found(implant, weight, flavour, String.join(", ", why));
    }

    private static int commands(String input, String output, List<String> why) {
        String[] lines = LINE_END.split(input, MAX_LINES + 1);
        int known = 0;
        int strange = 0;
        int answers = 0;
        for (int i = 0; i < Math.min(lines.length, MAX_LINES); i++) {
            String line = lines[i].strip();
            if (line.isEmpty()) {
                continue;
            }
            String word = word(line);
            if (line.length() <= MAX_COMMAND && COMMANDS.contains(word)) {
                known++;
                answers += answer(word, line, output);
            } else {
                strange++;
            }
        }
        if (known == 0 || strange > known) {
            return 0;
        }
        why.add(known + (known == 1 ? " known command" : " known commands"));
        if (answers > 0) {
            why.add("answers or echoes that fit");
        }
        return output.isBlank() ? 0 : Math.min(known, MAX_COUNTED) - strange + Math.min(answers, 8);
    }

    /// The command of a line: its first word, in lower case, without a path, a prefix that runs it,
    /// or an option stuck to it.
    private static String word(String line) {
        String[] words = line.split("[\\s;|&]+", 3);
        String word = words[0].equals("sudo") && words.length > 1 ? words[1] : words[0];
        String name = word.substring(Math.max(word.lastIndexOf('/'), word.lastIndexOf('\\')) + 1);
        return name.toLowerCase(Locale.ROOT);
    }

    /// What it weighs that `output` answers that command in the way a shell does.
    private static int answer(String word, String line, String output) {
        int echoed = echo(line, output) ? 4 : 0;
        return echoed
                + switch (word) {
                    case "echo" -> says(line.substring(4).strip(), output) ? 4 : 0;
                    case "pwd" -> PATH.matcher(output).find() ? 2 : 0;
                    case "whoami" -> ACCOUNT.matcher(output).find() ? 2 : 0;
                    case "uname" -> output.contains("Linux") || output.contains("Darwin") ? 1 : 0;
                    case "ls" -> says(line.substring(2).strip(), output) ? 3 : 0;
                    default -> 0;
                };
    }

    /// Whether `text` is a whole line of the output.
    private static boolean says(String text, String output) {
        return text.length() >= 3
                && Pattern.compile("^" + Pattern.quote(text) + "\\r?$", Pattern.MULTILINE)
                        .matcher(output)
                        .find();
    }

    /// Whether the command stands at the beginning of a line, or behind a prompt.
    private static boolean echo(String line, String output) {
        if (line.length() < 2) {
            return false;
        }
        Matcher echo =
                Pattern.compile("(?:^|[>$#] ?)" + Pattern.quote(line) + "\\r?$", Pattern.MULTILINE)
                        .matcher(output);
        return echo.find();
    }
}
