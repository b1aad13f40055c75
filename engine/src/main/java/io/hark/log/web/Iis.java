package io.hark.log.web;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// IIS in W3C's extended form, with the fields that it logs by default, or those of older versions.
///
/// ```
/// 2015-03-11 21:59:09 192.0.2.80 GET /a.aspx id=1 80 - 198.51.100.7 Agent/1.0 - 404 0 2 0
/// ```
///
/// *Source*: Microsoft, "W3C Extended Log File Format (IIS)"; spaces inside of a field are `+`.
public final class Iis implements LineParser {

    private static final Pattern FORM =
            Pattern.compile(
                    "(\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d) (\\S{1,255}) ([A-Z_-]{3,32}) (/\\S{0,16384}|\\*) (\\S{1,16384}) (\\d{1,5}) (\\S{1,255}) (\\S{2,45}) (\\S{1,4096}) (?:(\\S{1,8192}) )?(\\d{3}) (\\d{1,5}) (\\d{1,10})(?: (\\d{1,12}))?");

    private static final double MILLIS = 1000;

    /// The parser.
    public Iis() {}

    @Override
    public String name() {
        return "iis";
    }

    @Override
    public String about() {
        return "IIS, W3C extended log with its default fields";
    }

    @Override
    public List<String> signs() {
        return List.of(
                " GET /",
                " POST /",
                " HEAD /",
                " OPTIONS ",
                " PUT /",
                " DELETE /",
                " PROPFIND /",
                " TRACE /",
                " PATCH /",
                " CONNECT ");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        Matcher form = FORM.matcher(line.text());
        if (!form.lookingAt()) {
            return false;
        }
        out.of(name(), "access").is("web", "access");
        line.time("ts", form.group(1), out);
        out.put("destination.ip", form.group(2)).put("http.request.method", form.group(3));
        String query = form.group(5);
        out.url(form.group(4) + (query.equals("-") ? "" : "?" + query));
        out.put("destination.port", form.group(6))
                .user(form.group(7))
                .put("source.ip", form.group(8));
        out.put("user_agent.original", form.group(9).replace('+', ' '));
        out.more("http.request.referrer", form.group(10));
        out.put("http.response.status_code", form.group(11));
        out.put("event.outcome", Request.outcome(form.group(11)));
        out.more("iis.substatus", form.group(12)).more("iis.win32_status", form.group(13));
        if (form.group(14) != null) {
            out.put("event.duration", Double.toString(Long.parseLong(form.group(14)) / MILLIS));
        }
        return true;
    }
}
