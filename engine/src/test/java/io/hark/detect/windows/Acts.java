package io.hark.detect.windows;

import io.hark.Detector;
import io.hark.event.Conn;
import io.hark.event.DceRpc;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding;
import io.hark.event.Kerberos;
import io.hark.event.Ldap;
import io.hark.event.LdapSearch;
import io.hark.event.Ntlm;
import io.hark.event.SmbFile;
import io.hark.event.SmbMapping;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import io.hark.sensor.KeyedRunner;
import io.hark.sensor.KeyedRunner.Limits;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Events of a small Windows network, one second apart, and what a detector says of them.
final class Acts {

    static final Addr CLIENT = Addr.v4(0x0a000005);
    static final Addr PEER = Addr.v4(0x0a000006);
    static final Addr CONTROLLER = Addr.v4(0x0a000001);

    private static final long SECOND = 1_000_000_000;
    private static final Limits LIMITS = new Limits(Duration.ofSeconds(10), 1 << 10, 1 << 10);

    private long now = 1_700_000_000 * SECOND;

    private Endpoints ends(Addr from, Addr to, int port) {
        now += SECOND;
        return new Endpoints(from, 50_000, to, port);
    }

    void pause(Duration silence) {
        now += silence.toNanos();
    }

    DceRpc call(Addr from, Addr to, String endpoint, String operation) {
        Endpoints ends = ends(from, to, 445);
        return new DceRpc(now, now, "C1", ends, 1L, "\\pipe\\x", endpoint, operation, null);
    }

    SmbMapping mapping(Addr from, Addr to, String path) {
        Endpoints ends = ends(from, to, 445);
        return new SmbMapping(now, now, "C1", ends, path, null, null, "DISK");
    }

    /// A program written by `from` to a share of `to`.
    FileSeen program(Addr from, Addr to) {
        Endpoints ends = ends(from, to, 445);
        return new FileSeen(
                now,
                now,
                "F1",
                "C1",
                ends,
                "SMB",
                1,
                List.of(),
                "application/x-dosexec",
                null,
                0,
                true,
                true,
                1000,
                null,
                0,
                0,
                false,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                FileSeen.Carrier.NONE);
    }

    SmbFile file(Addr from, Addr to, String path, String name) {
        Endpoints ends = ends(from, to, 445);
        return new SmbFile(
                now,
                now,
                "C1",
                ends,
                null,
                "SMB::FILE_OPEN",
                path,
                name,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    LdapSearch search(Addr from, Addr to, String scope, String filter, List<String> wanted) {
        Endpoints ends = ends(from, to, 389);
        return new LdapSearch(
                now,
                now,
                "C2",
                ends,
                "tcp",
                1,
                scope,
                "never",
                "DC=example,DC=test",
                3,
                "success",
                null,
                filter,
                wanted);
    }

    Ldap ldap(Addr from, Addr to, String opcode, @Nullable String object) {
        Endpoints ends = ends(from, to, 389);
        return new Ldap(now, now, "C2", ends, "tcp", 1, 3, opcode, "success", null, object, null);
    }

    Ntlm logon(Addr from, Addr to) {
        Endpoints ends = ends(from, to, 445);
        return new Ntlm(now, now, "C3", ends, "HOST$", "HOST", "EXAMPLE", null, null, null, true);
    }

    Kerberos ticket(
            String type,
            String client,
            String service,
            @Nullable String cipher,
            @Nullable String error) {
        Endpoints ends = ends(CLIENT, CONTROLLER, 88);
        return new Kerberos(
                now,
                now,
                "C4",
                ends,
                "tcp",
                type,
                client,
                service,
                error == null,
                error,
                null,
                null,
                cipher,
                true,
                true,
                null,
                null);
    }

    Conn desktop(long sent, long shown, long packets, Duration duration) {
        Endpoints ends = ends(CLIENT, PEER, 3389);
        return new Conn(
                now,
                now,
                "C5",
                ends,
                "tcp",
                "rdp,ssl",
                duration.toNanos(),
                sent,
                shown,
                "SF",
                true,
                true,
                0,
                "ShADadFf",
                packets,
                sent + 40 * packets,
                packets,
                shown + 40 * packets,
                null,
                6,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                0,
                new long[0],
                new long[0],
                null,
                null,
                null,
                null,
                null,
                null,
                128,
                128,
                1L,
                sent,
                shown,
                null,
                null,
                null,
                null);
    }

    /// The last revision of each finding.
    static <S extends Stored> List<Finding> found(
            Detector<S> detector, List<? extends Event> events) {
        Map<String, Finding> last = new LinkedHashMap<>();
        KeyedRunner<Event, S, Finding> runner =
                KeyedRunner.of(detector, LIMITS, finding -> last.put(finding.id(), finding));
        events.forEach(runner::add);
        runner.end();
        return List.copyOf(last.values());
    }
}
