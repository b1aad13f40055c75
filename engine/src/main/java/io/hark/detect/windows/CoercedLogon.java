package io.hark.detect.windows;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.DceRpc;
import io.hark.event.Event;
import io.hark.event.Finding.Severity;
import io.hark.event.Ntlm;
import io.hark.event.OfConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds hosts that make another one log on to them: calls whose argument is a path or a name that
/// the called host then opens with its machine account (PrinterBug, PetitPotam, ShadowCoerce,
/// DFSCoerce).
///
/// A call that no ordinary client makes from afar (EFSRPC, FSRVP, the administration of DFS) is
/// medium; with a logon by NTLM from the called host back to the caller within [#BACK] it is high.
/// To ask a print server for notices is ordinary: it is low, and medium with such a logon.
///
/// *What it needs*: operations of DCE-RPC, NTLM. *What it cannot see*: a logon that goes to a third
/// host, and one by Kerberos. *Source*: MS-RPRN §3.1.4.10, MS-EFSR §3.1.4, MS-FSRVP §3.1.4,
/// MS-DFSNM §3.1.4; ATT&CK T1187.
public final class CoercedLogon implements PairDetector {

    private static final long BACK = 60L * 1_000_000_000; // ns; the logon is a part of the call
    private static final String LOGON = "ntlm logon back";
    private static final String PRINTER = "spoolss RpcRemoteFindFirstPrinterChangeNotification";

    private static final List<Act> CALLS =
            List.of(
                    Act.of(PRINTER, "asks for notices of a printer", LOW, "T1187"),
                    Act.of("efsrpc ", "calls for encrypted files", MEDIUM, "T1187"),
                    Act.of("lsarpc EfsRpc", "calls for encrypted files", MEDIUM, "T1187"),
                    Act.of(
                            "unknown-c681d488-d850-11d0-8c52-00c04fd90f7e",
                            "calls for encrypted files",
                            MEDIUM,
                            "T1187"),
                    Act.of(
                            "unknown-df1941c5-fe89-4e79-bf10-463657acf44d",
                            "calls for encrypted files",
                            MEDIUM,
                            "T1187"),
                    Act.of(
                            "FileServerVssAgent ",
                            "calls for shadow copies of a share",
                            MEDIUM,
                            "T1187"),
                    Act.of(
                            "unknown-a8e0653c-2744-4389-a61d-7373df8b2292",
                            "calls for shadow copies of a share",
                            MEDIUM,
                            "T1187"),
                    Act.of("netdfs NetrDfsAddStdRoot", "adds a root of DFS", MEDIUM, "T1187"),
                    Act.of(
                            "netdfs NetrDfsRemoveStdRoot",
                            "removes a root of DFS",
                            MEDIUM,
                            "T1187"));

    @Override
    public String name() {
        return "coerced-logon";
    }

    @Override
    public String about() {
        return "calls that make another host log on to the caller";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(DceRpc.class, Ntlm.class);
    }

    @Override
    public long togetherNanos() {
        return BACK;
    }

    @Override
    public @Nullable String what(Event input) {
        return switch (input) {
            case DceRpc call -> {
                String name = Calls.name(call);
                yield name != null && Act.isAny(CALLS, name) ? name : null;
            }
            case Ntlm _ -> LOGON;
            default -> null;
        };
    }

    /// A logon belongs to the one that was logged on to, as the caller.
    @Override
    public void keys(Event input, Keys sink) {
        if (what(input) == null) {
            return;
        }
        OfConnection event = (OfConnection) input;
        boolean back = input instanceof Ntlm;
        sink.add(
                back ? event.id().resp_h() : event.id().orig_h(),
                back ? event.id().orig_h() : event.id().resp_h(),
                0,
                "");
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        List<Act> acts = Act.seen(CALLS, trail);
        if (acts.isEmpty()) {
            return null;
        }
        boolean back = trail.has(LOGON);
        Severity call = Act.worst(acts);
        Severity severity = !back ? call : call == LOW ? MEDIUM : HIGH;
        List<String> why = new ArrayList<>();
        why.add(
                "%s called %s: it %s. Such a call makes the called host open a path with its own account."
                        .formatted(
                                key.host(),
                                key.peer(),
                                String.join("; it ", Act.told(acts, trail))));
        if (back) {
            why.add(
                    "%s logged on to %s by NTLM %,d times within %.0f s of it."
                            .formatted(
                                    key.peer(),
                                    key.host(),
                                    trail.count(LOGON),
                                    (trail.last() - trail.first()) / 1e9));
        }
        return new Verdict(
                severity,
                severity == HIGH ? 0.9 : severity == MEDIUM ? 0.65 : 0.2,
                acts.size() + (back ? 1 : 0),
                List.of("T1187"),
                "%s makes %s log on %s"
                        .formatted(key.host(), key.peer(), back ? "to it" : "somewhere"),
                why);
    }
}
