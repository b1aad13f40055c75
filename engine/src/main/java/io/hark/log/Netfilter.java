package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.FieldMap;
import io.hark.format.log.LogLine;
import io.hark.format.log.Pairs;
import io.hark.format.log.Transports;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Linux netfilter, by iptables, nftables, ufw, Shorewall: `… IN=eth0 OUT= MAC=… SRC=… DST=…`.
///
/// *Source*: Linux, net/netfilter/nf_log_syslog.c as iptables-extensions(8) LOG describes it; in
/// front stands the prefix that the rule gives, which tells what was done by convention only.
public final class Netfilter implements LineParser {

    private static final FieldMap FIELDS =
            FieldMap.of(
                    "IN", "observer.ingress.interface.name",
                    "OUT", "observer.egress.interface.name",
                    "SRC", "source.ip",
                    "SPT", "source.port",
                    "DST", "destination.ip",
                    "DPT", "destination.port",
                    "LEN", "source.bytes",
                    "MAC", "",
                    "PROTO", "");

    private static final Pattern VERDICT =
            Pattern.compile(
                    "(?i)\\b(drop|reject|block|deny|denied|accept|allow|audit|limit)(?:ed|ped)?\\b");

    private static final int MAC_TEXT = 17; // characters of `aa:bb:cc:dd:ee:ff`

    /// The parser.
    public Netfilter() {}

    @Override
    public String name() {
        return "netfilter";
    }

    @Override
    public String about() {
        return "Linux netfilter: iptables, nftables, ufw, Shorewall";
    }

    @Override
    public List<String> signs() {
        return List.of(" SRC=");
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        String text = line.tagged();
        int in = text.indexOf("IN=");
        int start = in >= 0 ? in : text.indexOf("SRC=");
        if (start < 0 || !text.contains("DST=") || !text.contains("PROTO=")) {
            return false;
        }
        Pairs pairs = Pairs.spaced(text, start);
        String prefix = prefix(line.body(), text, start);
        out.of(name(), "").device("Linux", "netfilter");
        FIELDS.apply(pairs, line, name(), out);
        String mac = pairs.text("MAC");
        if (mac.length() >= 2 * MAC_TEXT + 1) { // to, from, and the type of what is inside
            out.put("destination.mac", mac.substring(0, MAC_TEXT));
            out.put("source.mac", mac.substring(MAC_TEXT + 1, 2 * MAC_TEXT + 1));
        }
        out.put(
                "network.transport",
                Transports.name(pairs.get("PROTO")).replace("icmpv6", "ipv6-icmp"));
        out.put("rule.name", prefix);
        verdict(prefix, out);
        return true;
    }

    /// What the rule was told to write in front, without the kernel's clock.
    private static String prefix(String body, String tagged, int start) {
        int at = body.indexOf(tagged.substring(start));
        String before = at > 0 ? body.substring(0, at) : "";
        return before.replaceFirst("^\\[\\s*\\d+\\.\\d+\\]\\s*", "").strip().replaceFirst(":$", "");
    }

    private static void verdict(String prefix, LogDraft out) {
        Matcher told = VERDICT.matcher(prefix);
        if (!told.find()) {
            out.is("network", "connection");
            return;
        }
        String verdict = told.group(1).toLowerCase(Locale.ROOT);
        boolean isAllowed =
                verdict.equals("accept") || verdict.equals("allow") || verdict.equals("audit");
        out.put("event.action", verdict);
        out.is("network", isAllowed ? "connection,allowed" : "connection,denied");
    }
}
