package io.hark.log.mail;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import java.util.List;

/// OpenSMTPD.
///
/// *Source*: OpenBSD smtpd(8): `smtp-in: Accepted message … on session …: from=<…>, to=<…>,
/// size=…`, and since 6.0 `session smtp connected address=… host=…`.
public final class OpenSmtpd implements LineParser {

    /// The parser.
    public OpenSmtpd() {}

    @Override
    public String name() {
        return "smtpd";
    }

    @Override
    public String about() {
        return "OpenSMTPD";
    }

    @Override
    public List<String> signs() {
        return List.of(" smtpd[");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        if (!line.app().equals("smtpd")) {
            return false;
        }
        String text = line.body().strip();
        out.of(name(), "").is("email", "info").put("network.protocol", "smtp").put("message", text);
        char between = text.contains("from=<") ? ',' : ' ';
        int from = Math.max(0, text.indexOf("from=<"));
        Pairs facts =
                between == ',' ? Pairs.separated(text, from, ',', '=') : Pairs.spaced(text, 0);
        out.put("source.ip", facts.get("address")).put("source.domain", facts.get("host"));
        out.more("smtpd.from", facts.text("from").replaceAll("[<>]", ""));
        out.more("smtpd.to", facts.text("to").replaceAll("[<>]", ""));
        if (text.contains("Accepted message") || text.contains("result=\"Ok\"")) {
            out.put("event.outcome", "success");
        } else if (text.contains("authentication failed") || text.contains("result=\"failed\"")) {
            out.put("event.outcome", "failure");
        }
        return true;
    }
}
