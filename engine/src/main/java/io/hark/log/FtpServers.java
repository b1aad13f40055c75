package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// FTP servers: ProFTPD, vsftpd.
///
/// ```
/// proftpd[15181]: host (client.example[192.0.2.1]) - USER root (Login failed): Incorrect password
/// Mon Oct 24 11:32:53 2016 [pid 1] [user] FAIL LOGIN: Client "192.0.2.1"
/// ```
///
/// *Source*: ProFTPD, "Logging" howto; vsftpd.conf(5) `vsftpd_log_file`.
public final class FtpServers implements LineParser {

    private static final Template PROFTPD =
            Template.of("{:text}({source.domain}\\[{source.ip}\\])[ -]:[ ]{message:rest}");
    private static final Template PROFTPD_OLD =
            Template.of("{:text}({source.domain}\\[{source.ip}\\]) - {message:rest}");
    private static final Template PROFTPD_USER = Template.of("{=USER|ANON} {user.name}[ (]");
    private static final Pattern VSFTPD =
            Pattern.compile(
                    "\\[pid (\\d{1,10})\\] (?:\\[([^\\]]{1,128})\\] )?(CONNECT|OK LOGIN|FAIL LOGIN|OK DOWNLOAD|FAIL DOWNLOAD|OK UPLOAD|FAIL UPLOAD|OK DELETE|OK MKDIR|FTP command|FTP response): Client \"([^\"]{2,64})\"(?:, \"([^\"]{0,4096})\")?");

    /// The parser.
    public FtpServers() {}

    @Override
    public String name() {
        return "proftpd";
    }

    @Override
    public String about() {
        return "FTP servers: ProFTPD, vsftpd";
    }

    @Override
    public List<String> signs() {
        return List.of("proftpd", ": Client \"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        out.put("network.protocol", "ftp");
        Matcher vsftpd = VSFTPD.matcher(line.text());
        if (vsftpd.find()) {
            vsftpd(vsftpd, out);
            return true;
        }
        String text = line.tagged();
        if (!line.app().startsWith("proftpd") && !text.contains("proftpd[")) {
            return false;
        }
        out.of(name(), "").is("network", "info");
        if (!PROFTPD_OLD.read(text, out) && !PROFTPD.read(text, out)) {
            out.put("message", line.body());
        }
        String message = out.text("message");
        if (PROFTPD_USER.read(message, out)) {
            boolean isIn = message.contains("Login successful");
            out.is("authentication", "start").put("event.outcome", isIn ? "success" : "failure");
        } else if (message.contains("denied") || message.contains("refused")) {
            out.is("network", "denied").put("event.outcome", "failure");
        }
        return true;
    }

    private static void vsftpd(Matcher line, LogDraft out) {
        String what = line.group(3);
        out.of("vsftpd", "").put("process.pid", line.group(1)).put("user.name", line.group(2));
        out.put("event.action", what).put("source.ip", line.group(4).replaceFirst("^::ffff:", ""));
        out.put("file.path", what.endsWith("LOAD") ? line.group(5) : "");
        out.is(
                what.endsWith("LOGIN")
                        ? "authentication"
                        : what.equals("CONNECT") ? "network" : "file",
                what.equals("CONNECT")
                        ? "connection"
                        : what.endsWith("LOGIN") ? "start" : "access");
        out.put(
                "event.outcome",
                what.startsWith("OK") ? "success" : what.startsWith("FAIL") ? "failure" : "");
    }
}
