package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// OpenLDAP's slapd at its usual level `stats`.
///
/// ```
/// conn=11 fd=31 ACCEPT from IP=192.0.2.1:45181 (IP=198.51.100.1:389)
/// conn=11 op=1 BIND dn="uid=user1,ou=people,dc=example,dc=com" method=128
/// ```
///
/// *Source*: OpenLDAP Administrator's Guide, "Logging"; slapd.conf(5) `loglevel`.
public final class OpenLdap implements LineParser {

    private static final Pattern FORM =
            Pattern.compile(
                    "\"?\\s*conn=(\\d{1,12}) (?:fd|op)=(\\d{1,12}) ([A-Z][A-Za-z]{2,16}|SEARCH RESULT)\\b(.{0,65536})",
                    Pattern.DOTALL);
    private static final Template ACCEPT =
            Template.of(
                    " from IP={source.ip}:{source.port} (IP={destination.ip}:{destination.port})");
    private static final Pattern NAME = Pattern.compile("(?:dn|base)=\"{1,2}([^\"]{1,1024})\"");
    private static final Pattern PART = Pattern.compile("(?i)\\b(cn|uid|ou|dc|o)=([^,]{1,128})");
    private static final Pattern RESULT = Pattern.compile(" err=(\\d{1,5}) ");

    /// The parser.
    public OpenLdap() {}

    @Override
    public String name() {
        return "openldap";
    }

    @Override
    public String about() {
        return "OpenLDAP's slapd: binds, searches, changes";
    }

    @Override
    public List<String> signs() {
        return List.of("conn=");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.app().equals("slapd") ? line.body() : line.message();
        Matcher form = FORM.matcher(text);
        if (!form.lookingAt()) {
            return false;
        }
        String verb = form.group(3);
        String rest = form.group(4);
        out.of(name(), "").put("event.action", verb.toLowerCase(Locale.ROOT));
        out.put("network.protocol", "ldap").put("message", text.strip());
        out.more("openldap.connection", form.group(1)).more("openldap.operation", form.group(2));
        switch (verb) {
            case "ACCEPT" -> {
                out.is("network", "connection,info");
                ACCEPT.read(rest, out);
            }
            case "BIND" -> out.is("authentication", "start");
            case "UNBIND" -> out.is("authentication", "end").put("event.outcome", "success");
            case "MOD", "ADD", "DEL", "MODRDN", "PASSMOD" -> out.is("configuration", "change");
            default -> out.is("network", "info");
        }
        Matcher result = RESULT.matcher(rest);
        if (result.find()) {
            out.put("event.code", result.group(1));
        }
        Matcher name = NAME.matcher(rest);
        if (name.find()) {
            who(name.group(1), out);
        }
        return true;
    }

    /// The first name is who, the others are where.
    private static void who(String name, LogDraft out) {
        StringBuilder domain = new StringBuilder();
        Matcher part = PART.matcher(name);
        while (part.find()) {
            boolean isWho = "cn,uid".contains(part.group(1).toLowerCase(Locale.ROOT));
            if (isWho) {
                out.orElse("user.name", part.group(2));
            } else {
                domain.append(domain.isEmpty() ? "" : ".").append(part.group(2));
            }
        }
        out.put("user.domain", domain.toString());
    }
}
