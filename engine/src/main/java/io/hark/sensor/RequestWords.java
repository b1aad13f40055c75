package io.hark.sensor;

import io.hark.event.DceRpc;
import io.hark.event.Dns;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Ftp;
import io.hark.event.Http;
import io.hark.event.IcmpEcho;
import io.hark.event.Irc;
import io.hark.event.Kerberos;
import io.hark.event.Ldap;
import io.hark.event.LdapSearch;
import io.hark.event.Login;
import io.hark.event.Mailbox;
import io.hark.event.MqttPublish;
import io.hark.event.Mysql;
import io.hark.event.Ntlm;
import io.hark.event.Postgresql;
import io.hark.event.Radius;
import io.hark.event.Rdp;
import io.hark.event.Redis;
import io.hark.event.Sip;
import io.hark.event.SmbFile;
import io.hark.event.SmbMapping;
import io.hark.event.Smtp;
import io.hark.event.Snmp;
import io.hark.event.Socks;
import io.hark.event.Ssh;
import io.hark.event.Tftp;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What an event says was asked, in the words of its protocol, as one line.
final class RequestWords {

    private static final int MAX_WORD = 160; // characters: a line or two

    /// Kinds in the order a responder wants them: what runs or changes something, who got in, what
    /// was looked up, and last what there is most of.
    static final List<String> ORDER =
            List.of(
                    "icmp_echo",
                    "login",
                    "dce_rpc",
                    "smb_files",
                    "smb_mapping",
                    "ntlm",
                    "rdp",
                    "ssh",
                    "ldap",
                    "ldap_search",
                    "kerberos",
                    "ftp",
                    "tftp",
                    "smtp",
                    "mailbox",
                    "mysql",
                    "postgresql",
                    "redis",
                    "socks",
                    "irc",
                    "mqtt_publish",
                    "sip",
                    "snmp",
                    "radius",
                    "http",
                    "dns");

    /// Who takes the words.
    interface Listener {
        /// Something was asked so many times.
        void asked(String kind, Endpoints id, long ts, String uid, String what, long times);

        /// Something was asked.
        default void asked(String kind, Endpoints id, long ts, String uid, String what) {
            asked(kind, id, ts, uid, what, 1);
        }
    }

    private RequestWords() {}

    /// Tells what the event says was asked; nothing of an event that is no request.
    static void tell(Event event, Listener to) {
        switch (event) {
            case Dns e -> to.asked("dns", e.id(), e.ts(), e.uid(), dns(e));
            case Http e -> to.asked("http", e.id(), e.ts(), e.uid(), http(e));
            case DceRpc e ->
                    to.asked(
                            "dce_rpc",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.endpoint(), e.operation(), e.fault() == null ? "" : ": fault"));
            case SmbMapping e ->
                    to.asked("smb_mapping", e.id(), e.ts(), e.uid(), words("connect to", e.path()));
            case SmbFile e -> to.asked("smb_files", e.id(), e.ts(), e.uid(), file(e));
            case LdapSearch e ->
                    to.asked(
                            "ldap_search",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.filter(), behind("below", e.base_object())));
            case Ldap e ->
                    to.asked(
                            "ldap",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.opcode(), e.object(), failed(e.result(), "success")));
            case Kerberos e -> to.asked("kerberos", e.id(), e.ts(), e.uid(), kerberos(e));
            case Ntlm e -> to.asked("ntlm", e.id(), e.ts(), e.uid(), ntlm(e));
            case Login e ->
                    to.asked(
                            "login",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(
                                    e.proto(),
                                    behind("as", e.user()),
                                    behind("runs", e.command()),
                                    success(e.success())));
            case IcmpEcho e -> echo(e, to);
            default -> more(event, to);
        }
    }

    private static void more(Event event, Listener to) {
        switch (event) {
            case Rdp e ->
                    to.asked(
                            "rdp",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(
                                    "desktop",
                                    behind("as", e.cookie()),
                                    behind("from", e.client_name()),
                                    e.result()));
            case Ssh e ->
                    to.asked(
                            "ssh",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.client(), behind("to", e.server()), success(e.auth_success())));
            case Ftp e ->
                    to.asked(
                            "ftp",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.command(), e.arg(), behind("as", e.user())));
            case Tftp e ->
                    to.asked(
                            "tftp",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.wrq() ? "write" : "read", e.fname(), e.error_msg()));
            case Smtp e ->
                    to.asked(
                            "smtp",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(
                                    "mail",
                                    behind("from", e.mailfrom()),
                                    e.rcptto() == null
                                            ? null
                                            : behind("to", String.join(" ", e.rcptto())),
                                    behind("subject:", e.subject())));
            case Mailbox e ->
                    to.asked(
                            "mailbox",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.proto(), behind("as", e.user()), success(e.success())));
            case Mysql e -> to.asked("mysql", e.id(), e.ts(), e.uid(), words(e.cmd(), e.arg()));
            case Postgresql e ->
                    to.asked(
                            "postgresql",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.frontend(), e.frontend_arg(), behind("as", e.user())));
            case Redis e -> to.asked("redis", e.id(), e.ts(), e.uid(), words(e.command(), e.key()));
            case Socks e ->
                    to.asked(
                            "socks",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(
                                    "connect to",
                                    e.request_name(),
                                    e.request_host() == null ? null : e.request_host().toString(),
                                    e.request_p() == null ? null : "port " + e.request_p()));
            case Irc e ->
                    to.asked(
                            "irc",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(e.command(), e.value(), e.dcc_file_name()));
            case MqttPublish e ->
                    to.asked(
                            "mqtt_publish",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words("publish to", e.topic()));
            case Sip e -> to.asked("sip", e.id(), e.ts(), e.uid(), words(e.method(), e.uri()));
            case Snmp e ->
                    to.asked(
                            "snmp",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(
                                    e.set_requests() > 0 ? "write" : "read",
                                    behind("community", e.community()),
                                    behind("as", e.user())));
            case Radius e ->
                    to.asked(
                            "radius",
                            e.id(),
                            e.ts(),
                            e.uid(),
                            words(
                                    "access",
                                    behind("of", e.username()),
                                    failed(e.result(), "success")));
            default -> {} // no request
        }
    }

    private static String dns(Dns e) {
        String rcode = e.rcode_name();
        return words(e.qtype_name(), e.query(), failed(rcode, "NOERROR"));
    }

    private static String http(Http e) {
        String host = e.host();
        host = host == null || isAddress(host, e) ? "" : host;
        Integer status = e.status_code();
        String uri = e.uri();
        String end = status == null ? ": no answer" : status >= 400 ? ": " + status : "";
        return cut(
                e.method() + ' ' + host + (uri == null ? "" : uri) + end); // there are most of it
    }

    /// Whether the host is only the server's address, which is shown anyway.
    private static boolean isAddress(String host, Http e) {
        return !host.isEmpty()
                && Character.digit(host.charAt(0), 16) >= 0 // an address is made text for few
                && host.equals(e.id().resp_h().toString());
    }

    private static String file(SmbFile e) {
        String action = e.action();
        int at = action.indexOf('_');
        return words(
                at < 0 ? action : action.substring(at + 1).toLowerCase(Locale.ROOT),
                e.name(),
                behind("of", e.path()));
    }

    private static String kerberos(Kerberos e) {
        return words(
                e.request_type(),
                behind("ticket for", e.service()),
                behind("as", nameless(e.client())),
                behind("cipher", e.cipher()),
                Boolean.FALSE.equals(e.success()) ? behind(":", e.error_msg()) : null);
    }

    /// A ticket that is shown hides whose it is, but for the realm.
    private static @Nullable String nameless(@Nullable String client) {
        return client == null || client.startsWith("/") ? null : client;
    }

    private static String ntlm(Ntlm e) {
        String domain = e.domainname();
        String user = e.username();
        return words(
                "logon",
                user == null || user.isEmpty()
                        ? "of nobody"
                        : behind(
                                "as",
                                domain == null || domain.isEmpty() ? user : domain + "\\" + user),
                behind("from", e.hostname()),
                success(e.success()));
    }

    /// An echo should come back as it was sent; asking is nothing to tell of.
    private static void echo(IcmpEcho e, Listener to) {
        if (e.altered_replies() > 0) {
            String what = "echo, answered with other data than was sent";
            to.asked("icmp_echo", e.id(), e.ts(), e.uid(), what, e.altered_replies());
        }
        if (e.unasked_replies() > 0) {
            String what = "echo replies without a request";
            to.asked("icmp_echo", e.id(), e.ts(), e.uid(), what, e.unasked_replies());
        }
    }

    private static @Nullable String success(@Nullable Boolean success) {
        return success == null ? null : success ? ": let in" : ": refused";
    }

    private static @Nullable String failed(@Nullable String result, String fine) {
        return result == null || result.equalsIgnoreCase(fine) ? null : ": " + result;
    }

    private static @Nullable String behind(String word, @Nullable String text) {
        return text == null || text.isEmpty() ? null : word + " " + text;
    }

    private static String words(@Nullable String... parts) {
        StringBuilder line = new StringBuilder();
        for (String part : parts) {
            if (part != null && !part.isEmpty()) {
                line.append(line.isEmpty() || part.charAt(0) == ':' ? "" : " ").append(part);
            }
        }
        return cut(line.toString());
    }

    private static String cut(String line) {
        if (line.length() <= MAX_WORD) {
            return line;
        }
        boolean inTwo = Character.isHighSurrogate(line.charAt(MAX_WORD - 1));
        return line.substring(0, inTwo ? MAX_WORD - 1 : MAX_WORD) + "…";
    }
}
