package io.hark.sensor;

import io.hark.engagement.Networks;
import io.hark.event.Conn;
import io.hark.event.Dhcp;
import io.hark.event.Event;
import io.hark.event.Http;
import io.hark.event.KnownCert;
import io.hark.event.KnownHost;
import io.hark.event.KnownService;
import io.hark.event.Repeated;
import io.hark.event.Smtp;
import io.hark.event.Software;
import io.hark.event.Ssh;
import io.hark.event.Ssl;
import io.hark.format.SoftwareName;
import io.hark.schema.Addr;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What the local networks consist of, as far as the traffic tells: hosts, what they serve, the
/// certificates they show, the programs they say they run. Each is said once a day.
///
/// Only hosts of the local networks are told: those elsewhere are without number. *Source*: Zeek's
/// `known-hosts`, `known-services`, `known-certs` and `software` scripts, with their defaults.
///
/// *Bounds*: those of [Repeats]. *Thread*: the merge's.
final class Inventory {

    /// States of connections whose handshake was completed.
    private static final List<String> ESTABLISHED = List.of("S1", "SF", "S2", "S3", "RSTO", "RSTR");

    private final Networks local;
    private final Repeats repeats;
    private final Consumer<Event> said;

    /// @param said takes what is new
    Inventory(Networks local, Repeats repeats, Consumer<Event> said) {
        this.local = local;
        this.repeats = repeats;
        this.said = said;
    }

    /// Learns from any event.
    void event(Event event) {
        switch (event) {
            case Conn conn -> connection(conn);
            case Ssl ssl -> certificate(ssl);
            case Http http -> http(http);
            case Ssh ssh -> ssh(ssh);
            case Smtp mail -> mail(mail);
            case Dhcp dhcp -> {
                if (dhcp.client_software() != null && dhcp.assigned_addr() != null) {
                    software(
                            dhcp,
                            dhcp.assigned_addr(),
                            null,
                            "DHCP::CLIENT",
                            dhcp.client_software());
                }
            }
            default -> {}
        }
    }

    private void tell(Repeated event) {
        if (repeats.isNew(event)) {
            said.accept(event);
        }
    }

    private void connection(Conn conn) {
        if (conn.proto().equals("tcp") && ESTABLISHED.contains(conn.conn_state())) {
            if (conn.local_orig()) {
                tell(new KnownHost(conn.ts(), conn.seen(), conn.id().orig_h()));
            }
            if (conn.local_resp()) {
                tell(new KnownHost(conn.ts(), conn.seen(), conn.id().resp_h()));
            }
        }
        String service = conn.service();
        if (conn.local_resp() && service != null && conn.resp_pkts() > 0) {
            List<String> names = Arrays.asList(service.toUpperCase(Locale.ROOT).split(","));
            tell(
                    new KnownService(
                            conn.ts(),
                            conn.seen(),
                            conn.id().resp_h(),
                            conn.id().resp_p(),
                            conn.proto(),
                            names));
        }
    }

    private void certificate(Ssl ssl) {
        if (ssl.cert_sha1() != null && local.isLocal(ssl.id().resp_h())) {
            tell(
                    new KnownCert(
                            ssl.ts(),
                            ssl.seen(),
                            ssl.id().resp_h(),
                            ssl.id().resp_p(),
                            ssl.subject(),
                            ssl.issuer(),
                            ssl.cert_serial(),
                            ssl.cert_sha1()));
        }
    }

    private void http(Http http) {
        if (http.user_agent() != null) {
            software(http, http.id().orig_h(), null, "HTTP::BROWSER", http.user_agent());
        }
        if (http.server() != null) {
            software(http, http.id().resp_h(), http.id().resp_p(), "HTTP::SERVER", http.server());
        }
    }

    /// A mail was written where its way began.
    private void mail(Smtp mail) {
        List<Addr> path = mail.path();
        if (mail.user_agent() != null) {
            Addr writer = path == null || path.isEmpty() ? mail.id().orig_h() : path.getLast();
            software(mail, writer, null, "SMTP::MAIL_CLIENT", mail.user_agent());
        }
    }

    private void ssh(Ssh ssh) {
        if (ssh.client() != null) {
            software(ssh, ssh.id().orig_h(), null, "SSH::CLIENT", ssh.client());
        }
        if (ssh.server() != null) {
            software(ssh, ssh.id().resp_h(), ssh.id().resp_p(), "SSH::SERVER", ssh.server());
        }
    }

    /// A claim is parsed only if it is new: the same agent asks again and again.
    private void software(Event by, Addr host, @Nullable Integer port, String type, String claim) {
        if (claim.isBlank()
                || !local.isLocal(host)
                || !repeats.isNew(new Software.Claim(host, type, claim), by.ts())) {
            return;
        }
        SoftwareName name = SoftwareName.of(claim);
        said.accept(
                new Software(
                        by.ts(),
                        by.seen(),
                        host,
                        port,
                        type,
                        name.name(),
                        name.number(0),
                        name.number(1),
                        name.number(2),
                        name.number(3),
                        name.addl(),
                        claim));
    }
}
