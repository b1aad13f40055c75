package io.hark.detect.ports;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Conn;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds protocols on ports that belong to another one: SSH on 443, HTTP on 53, plain text where
/// TLS should be.
///
/// *What counts.* A connection with payload both ways, at a port that one protocol owns, in which a
/// parser knows another one; or at a port of TLS, where no parser knows it and what is said is
/// nearly all printable: a shell, often. Ports that nobody owns say nothing: programs choose them
/// freely.
///
/// *What it cannot see.* Another protocol inside TLS on 443; one that no parser knows and that is
/// not text, which on 443 many honest programs are.
public final class OddPorts implements Gathering<OddPorts.Misfits> {

    /// Connections that do not fit their port.
    ///
    /// @param spoken what was spoken instead
    /// @param bytes payload both ways
    public record Misfits(String spoken, long bytes, Span span, Said said) implements Gathered {}

    /// Which protocols, in the words of `service`, belong to a port; any of them fits.
    private static final Map<Integer, Set<String>> OWNERS =
            Map.ofEntries(
                    Map.entry(21, Set.of("ftp", "ssl")),
                    Map.entry(22, Set.of("ssh")),
                    Map.entry(25, Set.of("smtp", "ssl")),
                    Map.entry(53, Set.of("dns")),
                    Map.entry(80, Set.of("http", "websocket", "xmpp", "ssl")),
                    Map.entry(110, Set.of("pop3", "ssl")),
                    Map.entry(143, Set.of("imap", "ssl")),
                    Map.entry(443, Set.of("ssl", "quic", "http", "stun")),
                    Map.entry(853, Set.of("ssl", "quic", "dns")),
                    Map.entry(993, Set.of("ssl", "imap")),
                    Map.entry(995, Set.of("ssl", "pop3")));

    /// Protocols that have a port of their own. Those of messengers and games have none: they use
    /// whichever is open, 443 mostly.
    private static final Set<String> SETTLED =
            Set.of(
                    "dns",
                    "ftp",
                    "http",
                    "imap",
                    "irc",
                    "ldap_tcp",
                    "mysql",
                    "pop3",
                    "postgresql",
                    "rdp",
                    "redis",
                    "rfb",
                    "smb",
                    "smtp",
                    "ssh",
                    "telnet");

    private static final double TEXT = 0.95;
    private static final String PLAIN = "plain text";

    @Override
    public String name() {
        return "odd-ports";
    }

    @Override
    public String about() {
        return "protocols on ports that belong to another one";
    }

    @Override
    public Class<Misfits> stateType() {
        return Misfits.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Conn conn && misfit(conn) != null) {
            sink.add(conn.id().orig_h(), conn.id().resp_h(), conn.id().resp_p(), conn.proto());
        }
    }

    private static @Nullable String misfit(Conn conn) {
        Set<String> owners = OWNERS.get(conn.id().resp_p());
        if (owners == null
                || !conn.proto().equals("tcp")
                || conn.origPayload() == 0
                || conn.respPayload() == 0) {
            return null;
        }
        String services = conn.service();
        if (services == null) {
            return owners.contains("ssl") && conn.id().resp_p() != 80 && isText(conn)
                    ? PLAIN
                    : null;
        }
        String other = null;
        for (String service : services.split(",")) {
            if (owners.contains(service)) {
                return null;
            }
            if (SETTLED.contains(service)) {
                other = service;
            }
        }
        return other;
    }

    private static boolean isText(Conn conn) {
        Double orig = conn.orig_printable();
        Double resp = conn.resp_printable();
        return orig != null && resp != null && orig >= TEXT && resp >= TEXT;
    }

    @Override
    public @Nullable Misfits gather(Key key, Event input, @Nullable Misfits state) {
        Conn conn = (Conn) input;
        String spoken = misfit(conn);
        if (spoken == null) {
            return state;
        }
        long bytes = conn.origPayload() + conn.respPayload();
        Span span = (state == null ? Span.NONE : state.span()).with(conn.ts(), conn.uid());
        return state == null
                ? new Misfits(spoken, bytes, span, Said.NOTHING)
                : new Misfits(spoken, state.bytes() + bytes, span, state.said());
    }

    @Override
    public Misfits with(Misfits state, Said said) {
        return new Misfits(state.spoken(), state.bytes(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Misfits state) {
        return Optional.of(
                new Verdict(
                        Severity.MEDIUM,
                        state.spoken().equals(PLAIN) ? 0.6 : 0.75,
                        state.span().count()));
    }

    @Override
    public void tell(Key key, Misfits state, FindingDraft draft) {
        draft.title(
                        "%s speaks %s to port %d of %s",
                        key.host(), state.spoken(), key.port(), key.peer())
                .why(
                        "%,d connections with %,d bytes at port %d, which is for %s, were %s.",
                        state.span().count(),
                        state.bytes(),
                        key.port(),
                        String.join(
                                " or ",
                                OWNERS.getOrDefault(key.port(), Set.of()).stream()
                                        .sorted()
                                        .toList()),
                        state.spoken())
                .techniques("T1571", state.spoken().equals(PLAIN) ? "T1095" : "T1071")
                .between(key.host(), key.peer(), key.port());
    }

    @Override
    public List<Fact> numbers(Key key, Misfits state) {
        return List.of(
                Fact.of("connections", state.span().count()),
                Fact.of("bytes", state.bytes()),
                Fact.of("spoken", state.spoken()));
    }
}
