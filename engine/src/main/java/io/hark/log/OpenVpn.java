package io.hark.log;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// OpenVPN: tunnels, who came, by which certificate or name.
///
/// ```
/// 2023-10-31 15:11:18 client01/192.0.2.1:62586 VERIFY OK: depth=0, CN=client01
/// ```
///
/// *Source*: openvpn(8) "LOG OPTIONS"; the auth-pam and auth-ldap plug-ins.
public final class OpenVpn implements LineParser {

    private static final Pattern MICROS = Pattern.compile("us=\\d{1,6} ");
    private static final Pattern PEER =
            Pattern.compile(
                    "(?:([^/\\[\\]\"]{1,128})/)?(\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}|\\[?[0-9A-Fa-f:]{4,45}\\]?):(\\d{1,5}) (?:\\[([^\\]]{1,128})\\] )?");
    private static final Pattern DEVICE =
            Pattern.compile(
                    "(?:TUN/TAP device |mtu \\d{1,5} for |set | dev )((?:tun|tap|ovpn)[\\w.-]{0,15})\\b");
    private static final Pattern USERNAME = Pattern.compile("username '([^']{1,256})'");
    private static final Pattern LDAP_DN = Pattern.compile("LDAP DN \"([^\"]{1,512})\"");
    private static final Pattern BIND_AS = Pattern.compile("Unable to bind as (.{1,512})");
    private static final Pattern PART = Pattern.compile("(?i)(cn|uid|ou|dc|o)=([^,]{1,128})");

    /// Beginnings of messages that only OpenVPN has.
    private static final List<String> SIGNS =
            List.of(
                    "openvpn",
                    "ovpn",
                    "peer info: ",
                    "Peer Connection Initiated",
                    "VERIFY OK: ",
                    "VERIFY ERROR: ",
                    "Data Channel",
                    "Control Channel: ",
                    "TLS: ",
                    "MULTI: ",
                    "MULTI_sva",
                    "PUSH: ",
                    "SENT CONTROL",
                    "link local",
                    "link remote",
                    "Diffie-Hellman initialized",
                    "net_route_v",
                    "net_iface_",
                    "net_addr_",
                    "TUN/TAP device",
                    "IFCONFIG POOL",
                    "ifconfig_pool",
                    "event_wait : ",
                    "Initialization Sequence Completed",
                    "LDAP DN \"",
                    "Unable to bind as ",
                    "ldap_bind",
                    "AUTH_FAILED",
                    "Could not determine IPv4/IPv6 protocol",
                    "Socket Buffers: ",
                    "library versions: ",
                    "OPTIONS IMPORT: ");

    /// The parser.
    public OpenVpn() {}

    @Override
    public String name() {
        return "openvpn";
    }

    @Override
    public String about() {
        return "OpenVPN";
    }

    @Override
    public List<String> signs() {
        return SIGNS;
    }

    @Override
    public boolean read(LogLine line, LogDraft out) {
        boolean isTagged = line.app().startsWith("openvpn") || line.app().startsWith("ovpn");
        if (!isTagged && !line.app().isEmpty() && line.header().host() != null) {
            return false; // another program's
        }
        String text = isTagged ? line.body().strip() : line.afterStamp().strip();
        Matcher micros = MICROS.matcher(text);
        if (micros.lookingAt()) {
            text = text.substring(micros.end());
        }
        Matcher peer = PEER.matcher(text);
        if (peer.lookingAt()) {
            String name = peer.group(1) == null ? peer.group(4) : peer.group(1);
            out.put("user.name", name).put("source.ip", peer.group(2).replaceAll("[\\[\\]]", ""));
            out.put("source.port", peer.group(3));
            text = text.substring(peer.end());
        }
        out.of(name(), "").is("network", "info").put("message", text);
        Matcher device = DEVICE.matcher(text);
        if (device.find()) {
            out.put("observer.ingress.interface.name", device.group(1));
        }
        logins(text, out);
        return true;
    }

    private static void logins(String text, LogDraft out) {
        Matcher username = USERNAME.matcher(text);
        if (username.find()) {
            out.put("user.name", username.group(1));
        }
        Matcher dn = LDAP_DN.matcher(text);
        Matcher bind = BIND_AS.matcher(text);
        boolean fails =
                text.startsWith("Incorrect password")
                        || text.startsWith("Unable to bind")
                        || text.startsWith("ldap_bind")
                        || text.contains("AUTH_FAILED")
                        || text.contains("Auth Username/Password verification failed");
        if (dn.find()) {
            distinguished(dn.group(1), out);
        } else if (bind.lookingAt()) {
            if (bind.group(1).indexOf('=') > 0) {
                distinguished(bind.group(1), out);
            } else {
                out.put("user.name", bind.group(1));
            }
        }
        if (fails) {
            out.is("authentication", "start").put("event.outcome", "failure");
        } else if (text.contains("authentication succeeded for username")) {
            out.is("authentication", "start").put("event.outcome", "success");
        }
    }

    private static void distinguished(String name, LogDraft out) {
        StringBuilder domain = new StringBuilder();
        Matcher part = PART.matcher(name);
        while (part.find()) {
            switch (part.group(1).toLowerCase(java.util.Locale.ROOT)) {
                case "cn", "uid" -> out.orElse("user.name", part.group(2));
                case "dc" -> domain.append(domain.isEmpty() ? "" : ".").append(part.group(2));
                default -> {}
            }
        }
        out.put("user.domain", domain.toString());
    }
}
