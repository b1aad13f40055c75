package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Samba: what `vfs_full_audit` writes about files, and who was turned away.
///
/// ```
/// smbd_audit: user|192.0.2.1|host|share|openat|ok|r|path/file.txt
/// ```
///
/// *Source*: vfs_full_audit(8), its default prefix `%u|%I` and the usual `%u|%I|%m|%S`; smbd(8).
public final class Samba implements LineParser {

    private static final Pattern AUDIT =
            Pattern.compile(
                    "([^|\\s][^|]{0,255})\\|([0-9A-Fa-f:.]{2,45})\\|(?:([^|]{1,255})\\|([^|]{1,255})\\|)?([a-z_]{2,32})\\|(ok|fail[^|]{0,128})\\|?(.{0,8192})");
    private static final Template DENIED =
            Template.of("Denied connection from[ {source.domain}] ({source.ip})");
    private static final Template PRINTER =
            Template.of(
                    "Permission denied{:text}User name: {user.name}. Printer name: {file.name}.");

    /// The parser.
    public Samba() {}

    @Override
    public String name() {
        return "smbd";
    }

    @Override
    public String about() {
        return "Samba: vfs_full_audit, denied connections";
    }

    @Override
    public List<String> signs() {
        return List.of("smbd");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        if (!line.app().startsWith("smbd")) {
            return false;
        }
        String text = line.body().strip();
        out.of(name(), "").put("network.protocol", "smb").put("message", text);
        Matcher audit = AUDIT.matcher(text);
        if (audit.lookingAt()) {
            audit(audit, out);
        } else if (DENIED.read(text, out) || PRINTER.read(text, out)) {
            out.is("network", "denied").put("event.outcome", "failure");
        } else {
            out.is("network", "info");
        }
        return true;
    }

    private void audit(Matcher audit, LogDraft out) {
        String what = audit.group(5);
        out.of(name(), "audit").user(audit.group(1)).put("source.ip", audit.group(2));
        out.put("source.domain", audit.group(3)).more("smbd.share", audit.group(4));
        out.put("event.action", what);
        out.put("event.outcome", audit.group(6).equals("ok") ? "success" : "failure");
        String rest = audit.group(7);
        boolean isOpen = what.startsWith("open") && rest.indexOf('|') > 0;
        out.put(
                "file.path",
                isOpen ? rest.substring(rest.indexOf('|') + 1) : rest.replaceFirst("\\|.*$", ""));
        String type =
                switch (what) {
                    case "unlink", "unlinkat", "rmdir" -> "deletion";
                    case "mkdir", "mkdirat" -> "creation";
                    case "rename", "renameat", "write", "pwrite", "ftruncate" -> "change";
                    case "connect" -> "start";
                    case "disconnect" -> "end";
                    default -> "access";
                };
        out.is(what.endsWith("connect") ? "network" : "file", type);
    }
}
