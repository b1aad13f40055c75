package io.hark.log.names;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Saying;
import java.util.List;

/// dnsmasq: questions, answers, leases.
///
/// *Source*: dnsmasq(8), `--log-queries`, `--log-queries=extra`, `--log-dhcp`.
public final class Dnsmasq implements LineParser {

    private static final String EXTRA = "[{:number} {source.ip}/{source.port} ]";

    private static final List<Saying> SAYINGS =
            List.of(
                    Saying.of(
                            EXTRA
                                    + "query\\[{dns.question.type}\\] {dns.question.name} from {source.ip}",
                            "network",
                            "protocol",
                            ""),
                    Saying.of(
                            EXTRA
                                    + "{event.action=forwarded} {dns.question.name} to {destination.ip}",
                            "network",
                            "protocol",
                            ""),
                    Saying.of(
                            EXTRA
                                    + "{event.action=reply|cached|cached-stale|config|rpz} {dns.question.name} is {dns.answers:rest}",
                            "network",
                            "protocol",
                            ""),
                    Saying.of(
                            EXTRA + "{:text}{dns.question.name} is {dns.answers:rest}",
                            "network",
                            "protocol",
                            ""),
                    Saying.of(
                            "[{:number} ]{event.action=DHCPDISCOVER|DHCPOFFER|DHCPREQUEST|DHCPACK|DHCPNAK|DHCPRELEASE|DHCPDECLINE|DHCPINFORM}({observer.ingress.interface.name})[ {source.ip}] {source.mac}[ {source.domain}]",
                            "network",
                            "protocol",
                            ""));

    /// The parser.
    public Dnsmasq() {}

    @Override
    public String name() {
        return "dnsmasq";
    }

    @Override
    public String about() {
        return "dnsmasq: queries, answers, leases";
    }

    @Override
    public List<String> signs() {
        return List.of("dnsmasq");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        if (!line.app().startsWith("dnsmasq")) {
            return false;
        }
        String text = line.body().strip();
        if (!Saying.readAny(SAYINGS, text, out)) {
            out.is("network", "info");
        }
        out.of(name(), line.app().endsWith("-dhcp") ? "dhcp" : "").put("message", text);
        return true;
    }
}
