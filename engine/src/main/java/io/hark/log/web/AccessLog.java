package io.hark.log.web;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.schema.Addr;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The access log of Apache, nginx and everybody who writes it as they do: common and combined,
/// with the virtual host in front perhaps.
///
/// ```
/// [host] client ident user [10/Oct/2000:13:55:36 -0700] "GET / HTTP/1.0" 200 2326 "referrer" "agent" …
/// ```
///
/// *Source*: Apache HTTP Server, mod_log_config, "Common Log Format", "Combined Log Format"; nginx,
/// ngx_http_log_module.
public final class AccessLog implements LineParser {

    private static final Pattern FORM =
            Pattern.compile(
                    "(?:([^\\s\\[\"]{1,255}) )?([^\\s\\[\"]{2,255}) (\\S{1,255}) ([^\\[\"]{1,255}?) \\[([^\\]]{10,40})\\]"
                            + " \"((?:[^\"\\\\]|\\\\.){0,16384}+)\" (\\d{3}|-) (\\d{1,19}|-)"
                            + "(?: \"((?:[^\"\\\\]|\\\\.){0,16384}+)\" \"((?:[^\"\\\\]|\\\\.){0,16384}+)\")?(.{0,4096})",
                    Pattern.DOTALL);

    /// The parser.
    public AccessLog() {}

    @Override
    public String name() {
        return "httpd";
    }

    @Override
    public String about() {
        return "access log of Apache, nginx and others: common and combined";
    }

    @Override
    public List<String> signs() {
        return List.of(" HTTP/1.", " HTTP/2", " HTTP/3", "] \"");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher form = FORM.matcher(line.isBare() ? line.text().strip() : line.body().strip());
        if (!form.lookingAt()) {
            return false;
        }
        out.of(name(), "access").is("web", "access");
        host(form.group(1), form.group(2), out);
        out.more("httpd.ident", form.group(3)).put("user.name", form.group(4));
        line.time("ts", form.group(5), out);
        Request.read(form.group(6), out);
        proxy(out);
        out.put("http.response.status_code", form.group(7));
        out.put("destination.bytes", form.group(8));
        out.put("event.outcome", Request.outcome(form.group(7)));
        out.more("http.request.referrer", form.group(9));
        out.put("user_agent.original", form.group(10)).more("httpd.rest", form.group(11));
        return true;
    }

    /// Who is asked for a whole URL, or for a tunnel, is a proxy: where to is in the URL.
    private static void proxy(LogDraft out) {
        String domain = out.text("url.domain");
        boolean isTunnel = out.text("http.request.method").equals("CONNECT");
        if (domain.isEmpty() && !isTunnel) {
            return;
        }
        out.is("network,web", "access").put("network.direction", "egress");
        String target = out.text("url.original").replaceFirst("^[a-z]{2,8}://", "");
        int port = target.lastIndexOf(':');
        out.orElse(
                "destination.domain",
                domain.isEmpty() && port > 0 ? target.substring(0, port) : domain);
        if (isTunnel && port > 0) {
            out.put("destination.port", target.substring(port + 1));
        }
    }

    private static void host(String virtual, String client, LogDraft out) {
        boolean swapped =
                virtual != null && Addr.parse(client) == null && Addr.parse(virtual) != null;
        out.put("source.ip", swapped ? virtual : client);
        out.put("destination.domain", swapped ? client : virtual);
    }
}
