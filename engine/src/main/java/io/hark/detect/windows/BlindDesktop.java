package io.hark.detect.windows;

import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.Conn;
import io.hark.event.Event;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds sessions of a remote desktop in which somebody types but does not look: programs that run
/// a command through RDP (SharpRDP and its kin).
///
/// A desktop that is looked at sends pictures: hundreds of kilobytes, many times what it is sent. A
/// session that is past its logon, lasts [#SHORTEST] or more, sends less than [#PICTURES] and takes
/// more than it sends is none of a person.
///
/// *What it needs*: RDP recognised, nothing decrypted. *What it cannot see*: a tool that lets
/// itself be shown the desktop, and an ordinary client that an attacker uses.
public final class BlindDesktop implements PairDetector {

    private static final long SHORTEST = 3L * 1_000_000_000; // ns; a refused logon is shorter
    private static final long PICTURES = 64 << 10; // bytes; a first screen has more
    private static final long KEYS =
            4096; // bytes; a handshake with certificates and CredSSP has less
    private static final long PACKETS = 40; // a refused logon needs a dozen

    private static final String BLIND = "session without pictures";

    @Override
    public String name() {
        return "blind-desktop";
    }

    @Override
    public String about() {
        return "remote desktops that a program types into";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class);
    }

    @Override
    public @Nullable String what(Event input) {
        return input instanceof Conn conn && isBlind(conn) ? BLIND : null;
    }

    private static boolean isBlind(Conn conn) {
        String service = conn.service();
        Long duration = conn.duration();
        return service != null
                && List.of(service.split(",")).contains("rdp")
                && conn.missed_bytes() == 0
                && duration != null
                && duration >= SHORTEST
                && conn.orig_pkts() >= PACKETS
                && conn.origPayload() >= KEYS
                && conn.origPayload() > conn.respPayload()
                && conn.respPayload() < PICTURES;
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        long sessions = trail.count(BLIND);
        return new Verdict(
                MEDIUM,
                sessions > 1 ? 0.7 : 0.5,
                sessions,
                List.of("T1021.001"),
                "%s types into the desktop of %s without looking".formatted(key.host(), key.peer()),
                List.of(
                        "%d sessions of RDP got past the logon and sent more than they were shown, less than %,d bytes: no screen is so small."
                                .formatted(sessions, PICTURES)));
    }
}
