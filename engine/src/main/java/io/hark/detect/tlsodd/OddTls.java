package io.hark.detect.tlsodd;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Quic;
import io.hark.event.Ssl;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds TLS that ordinary programs do not speak: a client that names no server, a certificate that
/// its server made itself, on a port that is not for TLS.
///
/// *Signs*, each one point: the client named no server, or a bare address; the certificate is
/// signed by its own subject, or is for no host name; it has no organisation's details; it is valid
/// for more than five years; the port is not one of TLS; no application protocol is agreed upon.
/// Three points are a finding where one of them is the missing name and another the certificate;
/// high where the server is outside and the points are four.
///
/// *QUIC* without a server's name: browsers always name it, so the missing name is enough for a
/// finding of medium severity where the server is outside and the client offers HTTP/3.
///
/// *DNS over HTTPS* to a public resolver whose name the client does not give: medium, too; browsers
/// name it.
///
/// *What it cannot see.* TLS 1.3 hides certificates; C2 with a bought certificate and a name looks
/// like any site. Devices and peer-to-peer programs also make their own certificates: they are why
/// one sign alone says nothing.
public final class OddTls implements Gathering<Signs> {

    private static final long FIVE_YEARS = 5L * 365 * 24 * 3600 * 1_000_000_000;
    private static final String DOH = "resolver";
    private static final int HTTPS = 443;

    /// Addresses of public resolvers that answer DNS over HTTPS.
    private static final Set<String> RESOLVERS =
            Set.of(
                    "1.0.0.1",
                    "1.1.1.1",
                    "8.8.4.4",
                    "8.8.8.8",
                    "9.9.9.9",
                    "94.140.14.14",
                    "94.140.15.15",
                    "149.112.112.112",
                    "208.67.220.220",
                    "208.67.222.222",
                    "2001:4860:4860::8844",
                    "2001:4860:4860::8888",
                    "2606:4700:4700::1001",
                    "2606:4700:4700::1111",
                    "2620:fe::fe");

    private static final int ENOUGH = 3;
    private static final int MANY = 4;

    @Override
    public String name() {
        return "odd-tls";
    }

    @Override
    public String about() {
        return "TLS and QUIC to servers without a name, with certificates of their own making";
    }

    @Override
    public Class<Signs> stateType() {
        return Signs.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Ssl.class, Quic.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Ssl ssl
                && ssl.proto().equals("tcp")
                && isUnnamed(ssl.server_name())
                && ssl.version() != null
                && !isStartedInTheClear(ssl.id().resp_p())) {
            sink.add(
                    ssl.id().orig_h(),
                    ssl.id().resp_h(),
                    ssl.id().resp_p(),
                    isResolver(ssl) ? DOH : "tls");
        } else if (input instanceof Quic quic
                && isUnnamed(quic.server_name())
                && isHttp3(quic.client_protocol())
                && !quic.id().resp_h().isPrivate()) {
            sink.add(quic.id().orig_h(), quic.id().resp_h(), quic.id().resp_p(), "quic");
        }
    }

    private static boolean isResolver(Ssl ssl) {
        return ssl.id().resp_p() == HTTPS && RESOLVERS.contains(ssl.id().resp_h().toString());
    }

    /// Protocols that begin in the clear and go on with TLS name no server by custom: mail, LDAP,
    /// remote desktop, databases.
    private static boolean isStartedInTheClear(int port) {
        return switch (port) {
            case 25, 110, 143, 389, 587, 636, 1433, 3268, 3269, 3306, 3389, 5222, 5269, 5432 ->
                    true;
            default -> false;
        };
    }

    private static boolean isHttp3(@Nullable String protocol) {
        return protocol != null && protocol.startsWith("h3");
    }

    private static boolean isUnnamed(@Nullable String name) {
        return name == null || name.isEmpty() || Addr.parse(name) != null;
    }

    @Override
    public @Nullable Signs gather(Key key, Event input, @Nullable Signs state) {
        Signs before = state == null ? Signs.NONE : state;
        if (input instanceof Quic quic) {
            return before.with(
                    List.of("the client named no server, as browsers do"),
                    "",
                    before.span().with(quic.ts(), quic.uid()));
        }
        Ssl ssl = (Ssl) input;
        String subject = ssl.subject();
        List<String> signs = signs(ssl);
        return before.with(
                signs.size() > before.signs().size() ? signs : before.signs(),
                subject == null ? before.subject() : subject,
                before.span().with(ssl.ts(), ssl.uid()));
    }

    private static List<String> signs(Ssl ssl) {
        List<String> signs = new ArrayList<>();
        signs.add("the client named no server");
        String subject = ssl.subject();
        if (subject != null && subject.equals(ssl.issuer())) {
            signs.add(Signs.OWN);
            if (!subject.contains("O=") || subject.contains("O=Internet Widgits Pty Ltd")) {
                signs.add("its certificate names no organisation");
            }
        }
        if (subject != null && !subject.equals(ssl.issuer()) && isForNoHost(ssl, subject)) {
            signs.add(Signs.NO_HOST);
        }
        Long from = ssl.cert_not_before();
        Long until = ssl.cert_not_after();
        if (from != null && until != null && until - from > FIVE_YEARS) {
            signs.add("its certificate is valid for more than five years");
        }
        if (!isPortOfTls(ssl.id().resp_p())) {
            signs.add("port " + ssl.id().resp_p() + " is not for TLS");
        }
        if (ssl.next_protocol() == null && ssl.client_protocols() == null) {
            signs.add("no application protocol is offered");
        }
        return signs;
    }

    /// Certificates of authorities have host names in them; those made for a tool often have not.
    private static boolean isForNoHost(Ssl ssl, String subject) {
        List<String> names = ssl.cert_names();
        return (names == null || names.isEmpty()) && subject.indexOf('.') < 0;
    }

    private static boolean isPortOfTls(int port) {
        return switch (port) {
            case 443,
                    465,
                    563,
                    614,
                    636,
                    832,
                    853,
                    989,
                    990,
                    992,
                    993,
                    994,
                    995,
                    5061,
                    5986,
                    6443,
                    8443,
                    9443,
                    10443 ->
                    true;
            default -> false;
        };
    }

    @Override
    public Signs with(Signs state, Said said) {
        return state.with(said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Signs state) {
        if (key.name().equals("quic") || key.name().equals(DOH)) {
            return Optional.of(new Verdict(Severity.MEDIUM, 0.6, state.span().count()));
        }
        int points = state.signs().size();
        boolean homemade =
                state.signs().contains(Signs.OWN) || state.signs().contains(Signs.NO_HOST);
        if (points < ENOUGH || !homemade) {
            return Optional.empty();
        }
        boolean outside = !key.peer().isPrivate();
        return Optional.of(
                new Verdict( // a certificate is how something is made, not what it does: never high
                        outside || points >= MANY ? Severity.MEDIUM : Severity.LOW,
                        Math.min(0.9, 0.35 + 0.12 * points),
                        state.span().count()));
    }

    @Override
    public void tell(Key key, Signs state, FindingDraft draft) {
        boolean quic = key.name().equals("quic");
        List<String> techniques = new ArrayList<>();
        boolean resolver = key.name().equals(DOH);
        if (resolver) {
            techniques.addAll(List.of("T1071.004", "T1572"));
            draft.why(
                    "%s is a public resolver: DNS over HTTPS by a client that does not name it, as"
                            + " browsers do, and whose questions nobody can see.",
                    key.peer());
        }
        techniques.add(quic ? "T1071.001" : "T1573.002");
        techniques.add(quic ? "T1573" : "T1071.001");
        if (!isPortOfTls(key.port())) {
            techniques.add("T1571");
        }
        draft.title(
                        "%s speaks %s to %s port %d, which has no name",
                        key.host(), quic ? "QUIC" : "TLS", key.peer(), key.port())
                .why(
                        "In %,d handshakes: %s.",
                        state.span().count(), String.join("; ", state.signs()))
                .techniques(techniques)
                .between(key.host(), key.peer(), key.port());
        if (!state.subject().isEmpty()) {
            draft.why("The certificate's subject is %s.", state.subject());
        }
    }

    @Override
    public List<Fact> numbers(Key key, Signs state) {
        return List.of(
                Fact.of("signs", state.signs().size()),
                Fact.of("signs_needed", key.name().equals("tls") ? ENOUGH : 1),
                Fact.of("signs_text", String.join("; ", state.signs())),
                Fact.of("handshakes", state.span().count()),
                Fact.of("subject", state.subject()));
    }
}
