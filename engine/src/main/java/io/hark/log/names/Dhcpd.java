package io.hark.log.names;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import io.hark.format.log.Template;
import java.util.List;

/// ISC's DHCP servers: dhcpd, and Kea, which follows it.
///
/// ```
/// DHCPREQUEST for 192.0.2.10 (192.0.2.1) from 02:00:00:00:01:0a (host) via eth0
/// DHCP4_LEASE_ALLOC [hwtype=1 02:00:00:00:01:0a], cid=[…], tid=0x1: lease 192.0.2.10 has been allocated for 3600 seconds
/// ```
///
/// *Source*: dhcpd(8), server/dhcp.c; Kea Messages Manual, DHCP4 and LEASE_MGMT.
public final class Dhcpd implements LineParser {

    private static final String MAC = "{source.mac}[ ({source.domain})]";
    private static final String VIA = "[ via {destination.ip:ip}]";

    private static final List<Template> ISC =
            List.of(
                    Template.of("{event.action=DHCPDISCOVER|DHCPINFORM} from " + MAC + VIA),
                    Template.of("{event.action=DHCPINFORM} from {source.ip}" + VIA),
                    Template.of(
                            "{event.action=DHCPREQUEST|DHCPDECLINE} {=for|of} {source.ip}[ ({:ip})] from "
                                    + MAC
                                    + VIA),
                    Template.of("{event.action=DHCPRELEASE} of {source.ip} from " + MAC + VIA),
                    Template.of(
                            "{event.action=DHCPOFFER|DHCPACK|DHCPNAK} on {source.ip} to "
                                    + MAC
                                    + VIA),
                    Template.of("{event.action=DHCPACK} to {source.ip} ({source.mac})" + VIA));

    private static final Template KEA =
            Template.of(
                    "{:text}\\[{=hwtype=1|hwtype=6} {source.mac}\\]{:text}: lease {source.ip} ");

    /// The parser.
    public Dhcpd() {}

    @Override
    public String name() {
        return "dhcpd";
    }

    @Override
    public String about() {
        return "ISC dhcpd and Kea: who got which address";
    }

    @Override
    public List<String> signs() {
        return List.of(
                "dhcpd",
                "DHCPDISCOVER",
                "DHCPREQUEST",
                "DHCPOFFER",
                "DHCPACK",
                "DHCPNAK",
                "DHCPRELEASE",
                "DHCPINFORM",
                "DHCPDECLINE",
                "kea-dhcp",
                "DHCP4_",
                "DHCP6_");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.message();
        boolean isTagged = line.app().startsWith("dhcpd");
        int kea = Math.max(text.indexOf("DHCP4_"), text.indexOf("DHCP6_"));
        if (kea >= 0) {
            kea(text, kea, out);
            return true;
        }
        String message = isTagged ? line.body().strip() : text;
        boolean isKnown = Template.readAny(ISC, message, out);
        if (!isKnown && !isTagged) {
            return false;
        }
        out.of(name(), "").is("network", isKnown ? "connection" : "info").put("message", message);
        out.put("network.protocol", "dhcp");
        if (isKnown) {
            boolean refused =
                    out.text("event.action").equals("DHCPNAK")
                            || message.contains("no free leases");
            out.put("event.outcome", refused ? "failure" : "success");
            interfaceOf(out);
        }
        return true;
    }

    /// A question comes by an interface, or by a relay, which has an address.
    private static void interfaceOf(LogDraft out) {
        if (!out.has("destination.ip") && out.has("destination.domain")) {
            out.put("observer.ingress.interface.name", out.text("destination.domain"));
            out.remove("destination.domain");
        }
    }

    private static void kea(String text, int at, LogDraft out) {
        int end = text.indexOf(' ', at);
        out.of("kea", "").is("network", "connection").put("network.protocol", "dhcp");
        out.put("event.code", text.substring(at, end < 0 ? text.length() : end));
        KEA.read(text.substring(at), out);
        out.put("message", text);
        if (text.contains("has been allocated") || text.contains("has been renewed")) {
            out.put("event.outcome", "success");
        }
    }
}
