package io.hark.detect.windows;

import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;

import io.hark.Detector;
import io.hark.Key;
import io.hark.Said;
import io.hark.Trail;
import io.hark.event.DceRpc;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.Kerberos;
import io.hark.event.Ldap;
import io.hark.event.OfConnection;
import io.hark.schema.Addr;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds hosts that have the directory replicated to them and are no domain controllers (DCSync).
///
/// A domain controller is who answers Kerberos, binds of LDAP, or DRSUAPI itself. Who calls
/// DRSGetNCChanges and was not seen to do so is found, high. A controller that answers somebody
/// only later is corrected to low.
///
/// *What it needs*: operations of DRSUAPI; they stay readable in sealed calls. *What it cannot
/// see*: replication asked for on a domain controller. *Source*: MS-DRSR §4.1.10; ATT&CK T1003.006.
public final class Replication implements Detector<Replication.Host> {

    private static final String CALL = "drsuapi DRSGetNCChanges";

    /// What is known of one host.
    ///
    /// @param calls what it had replicated to it
    /// @param from the last one it called; null while it called none
    /// @param serves whether it answers as domain controllers do
    public record Host(Trail calls, @Nullable Addr from, boolean serves)
            implements io.hark.schema.Stored {}

    private static final Host UNKNOWN = new Host(Trail.NONE, null, false);

    @Override
    public String name() {
        return "replication";
    }

    @Override
    public String about() {
        return "the directory replicated to hosts that are no domain controllers (DCSync)";
    }

    @Override
    public Class<Host> stateType() {
        return Host.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(DceRpc.class, Kerberos.class, Ldap.class);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (isCall(input)) {
            sink.add(((OfConnection) input).id().orig_h(), Key.NOBODY, 0, "");
        }
        if (isService(input)) {
            sink.add(((OfConnection) input).id().resp_h(), Key.NOBODY, 0, "");
        }
    }

    private static boolean isCall(Event input) {
        return input instanceof DceRpc call && CALL.equals(Calls.name(call));
    }

    private static boolean isService(Event input) {
        return switch (input) {
            case DceRpc call -> "drsuapi".equals(call.endpoint());
            case Kerberos ticket -> ticket.id().resp_p() == 88 && ticket.success() != null;
            case Ldap ldap -> ldap.result() != null && ldap.opcode().startsWith("bind SASL");
            default -> false;
        };
    }

    @Override
    public @Nullable Host on(Event input, @Nullable Host state, Turn<Finding> turn) {
        Host before = state == null ? UNKNOWN : state;
        OfConnection event = (OfConnection) input;
        if (isCall(input) && event.id().orig_h().equals(turn.key().host())) {
            Addr from = event.id().resp_h();
            return told(new Host(before.calls.with(CALL, event), from, before.serves), turn);
        }
        return before.serves ? before : told(new Host(before.calls, before.from, true), turn);
    }

    private Host told(Host host, Turn<Finding> turn) {
        Addr from = host.from;
        Said said = host.calls.said();
        Severity severity = host.serves ? LOW : HIGH;
        long calls = host.calls.count(CALL);
        boolean corrected = said.revision() > 0 && said.severity() != severity;
        if (from == null
                || !corrected && !said.isNews(severity, calls)
                || host.serves && said.revision() == 0) { // a controller's own business
            return host;
        }
        double confidence = host.serves ? 0.1 : 0.85;
        Addr who = turn.key().host();
        turn.emit(
                host.calls
                        .on(draft(turn, said))
                        .title("%s has the directory of %s replicated to it", who, from)
                        .why("%s called DRSGetNCChanges at %s %,d times.", who, from, calls)
                        .why(
                                host.serves
                                        ? "It answers as a domain controller does itself, so this"
                                                + " may be its business."
                                        : "It was not seen to answer Kerberos, LDAP or DRSUAPI, so"
                                                + " it is no domain controller; with what it asks"
                                                + " for come the keys of accounts.")
                        .weight(severity, confidence)
                        .techniques("T1003.006")
                        .between(who, from, host.calls.port())
                        .build());
        return new Host(host.calls.with(said.next(severity, confidence, calls)), from, host.serves);
    }

    @Override
    public List<Fact> explain(Key key, Host state) {
        return List.of(
                Fact.of("replications", state.calls.count(CALL)),
                Fact.of("answers_as_a_controller", state.serves ? "yes" : "no"));
    }
}
