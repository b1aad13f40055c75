package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// FreeRADIUS: who was let in.
///
/// ```
/// (549117) Login OK: [user@host.example] (from client wlan port 2010 cli 02-00-00-00-01-0a via TLS tunnel)
/// ```
///
/// *Source*: FreeRADIUS, radiusd.conf `log { auth = yes }`, its messages about unknown clients.
public final class FreeRadius implements LineParser {

    private static final Pattern LOGIN =
            Pattern.compile(
                    "(?:Auth: )?(?:\\(\\d{1,20}\\) )?\\s*(Login OK|Login incorrect|Invalid user)(?: \\((.{0,512}?)\\))?: \\[([^\\]]{0,256})\\](?: \\(from client (\\S{1,128}) port (\\d{1,10})(?: cli (\\S{1,64}))?(?: (via TLS tunnel))?\\))?");
    private static final Template IGNORED =
            Template.of(
                    "Ignoring request to {:word} address {:word} port {destination.port} bound to server {host.name} from unknown client {source.ip} port {source.port} proto {network.transport}");
    private static final int MAX_PORT = 0xffff; // a NAS port may be more

    /// The parser.
    public FreeRadius() {}

    @Override
    public String name() {
        return "freeradius";
    }

    @Override
    public String about() {
        return "FreeRADIUS: logins";
    }

    @Override
    public List<String> signs() {
        return List.of("Login OK", "Login incorrect", "Invalid user", "Ignoring request to ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.message();
        Matcher login = LOGIN.matcher(text);
        boolean isIgnored = IGNORED.read(text, out);
        if (!isIgnored && !login.lookingAt()) {
            return false;
        }
        out.of(name(), "").is("authentication", "info").put("message", text);
        if (isIgnored) {
            out.put("event.outcome", "failure");
            return true;
        }
        out.put("event.outcome", login.group(1).equals("Login OK") ? "success" : "failure");
        out.put("event.reason", login.group(2));
        account(login.group(3), out);
        if (login.group(4) != null) {
            out.put("host.name", login.group(4))
                    .put("network.protocol", login.group(7) == null ? "" : "tls");
            if (Long.parseLong(login.group(5)) <= MAX_PORT) {
                out.put("source.port", login.group(5));
            }
            String station = login.group(6);
            boolean isMac =
                    station != null && station.matches("[0-9A-Fa-f]{2}(?:[:-]?[0-9A-Fa-f]{2}){5}");
            out.put(isMac ? "source.mac" : "source.ip", station);
        }
        return true;
    }

    private static void account(String told, LogDraft out) {
        String name = told.replaceFirst("/<.*$", "").strip(); // a password may stand behind it
        int at = name.lastIndexOf('@');
        if (name.startsWith("host/")) {
            out.put("source.domain", name.substring("host/".length()));
        } else if (at > 0) {
            out.put("user.name", name.substring(0, at)).put("user.domain", name.substring(at + 1));
        } else {
            out.user(name);
        }
    }
}
