package io.hark.detect.windows;

import static io.hark.event.Finding.Severity.CRITICAL;
import static io.hark.event.Finding.Severity.HIGH;
import static io.hark.event.Finding.Severity.LOW;
import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.Key;
import io.hark.PairDetector;
import io.hark.Trail;
import io.hark.event.DceRpc;
import io.hark.event.Event;
import io.hark.event.Finding.Severity;
import io.hark.event.Http;
import io.hark.event.Ldap;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds attacks on the accounts and secrets of a domain: guessed secure channels (Zerologon,
/// CVE-2020-1472), a rogue domain controller (DCShadow), passwords and secrets set or read from
/// afar, the configuration of AD FS read out.
///
/// *Rules*, over what one host did at another within an hour. [#GUESSES] attempts at a secure
/// channel are high: a machine needs one, the attack 256 on average; a machine password set after
/// them is critical. A server object added below Sites is medium (so is a new domain controller);
/// removed again within the hour it is high. Other acts are worth what the table [#ACTS] says; a
/// password set where an account was made before is a domain join, and low.
///
/// *What it needs*: operations of DCE-RPC, LDAP that is not sealed, HTTP in the clear. *What it
/// cannot see*: which account, within sealed calls. *Source*: MS-NRPC, MS-SAMR, MS-LSAD, MS-DRSR;
/// Secura, "Zerologon" (2020); Le Toux and Delpy, "DCShadow" (2018).
public final class DirectoryAttack implements PairDetector {

    private static final int GUESSES = 20;

    private static final String CHANNEL = "netlogon NetrServerAuthenticate";
    private static final String MACHINE_PASSWORD = "netlogon NetrServerPasswordSet";
    private static final String SERVER_ADDED = "ldap server added";
    private static final String SERVER_REMOVED = "ldap server removed";
    private static final String POLICY_STORE = "adfs policy store";

    private static final List<Act> ACTS =
            List.of(
                    Act.of(CHANNEL, "tries to open a secure channel", LOW, "T1210"),
                    Act.of(MACHINE_PASSWORD, "sets a machine's password", LOW, "T1098"),
                    Act.of(
                            "samr SamrSetInformationUser",
                            "sets an account's password or properties",
                            MEDIUM,
                            "T1098"),
                    Act.of("samr SamrAddMemberTo", "adds a member to a group", MEDIUM, "T1098"),
                    Act.of("samr SamrCreateUser", "makes an account", LOW, "T1136"),
                    Act.of("samr SamrDeleteUser", "deletes an account", MEDIUM, "T1531"),
                    Act.of("lsarpc LsarSetSecret", "sets a secret of the host", MEDIUM, "T1098"),
                    Act.of(
                            "lsarpc LsarQuerySecret",
                            "reads a secret of the host",
                            MEDIUM,
                            "T1003.004"),
                    Act.of(
                            "lsarpc LsarRetrievePrivateData",
                            "reads a secret of the host",
                            MEDIUM,
                            "T1003.004"),
                    Act.of(
                            "winreg BaseRegSaveKey",
                            "saves a hive of the registry",
                            HIGH,
                            "T1003.002"),
                    Act.of("drsuapi DRSAddEntry", "adds an entry by replication", MEDIUM, "T1207"),
                    Act.of(
                            "drsuapi DRSReplicaAdd",
                            "registers a source of replication",
                            MEDIUM,
                            "T1207"),
                    Act.of(SERVER_ADDED, "adds a server to the replicating ones", MEDIUM, "T1207"),
                    Act.of(
                            SERVER_REMOVED,
                            "takes a server from the replicating ones",
                            LOW,
                            "T1207"),
                    Act.of(
                            POLICY_STORE,
                            "reads the configuration of AD FS by a script",
                            MEDIUM,
                            "T1552.004",
                            "T1606.002"));

    @Override
    public String name() {
        return "directory-attack";
    }

    @Override
    public String about() {
        return "Zerologon, rogue domain controllers, passwords and secrets set or read from afar";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(DceRpc.class, Ldap.class, Http.class);
    }

    @Override
    public @Nullable String what(Event input) {
        String what =
                switch (input) {
                    case DceRpc call -> Calls.name(call);
                    case Ldap ldap -> ofServers(ldap);
                    case Http http -> ofPolicyStore(http);
                    default -> null;
                };
        return what != null && Act.isAny(ACTS, what) ? what : null;
    }

    /// Objects of servers lie below `CN=Servers,CN=<site>,CN=Sites,CN=Configuration`.
    private static @Nullable String ofServers(Ldap ldap) {
        String object = ldap.object();
        if (object == null || !"success".equals(ldap.result())) {
            return null;
        }
        String place = object.toLowerCase(Locale.ROOT);
        if (!place.contains(",cn=servers,") || !place.contains(",cn=sites,cn=configuration,")) {
            return null;
        }
        return switch (ldap.opcode()) {
            case "add" -> SERVER_ADDED;
            case "delete" -> SERVER_REMOVED;
            default -> null;
        };
    }

    /// Servers of AD FS synchronise by this path, too, but are no PowerShell.
    private static @Nullable String ofPolicyStore(Http http) {
        String uri = http.uri();
        String agent = http.user_agent();
        return uri != null
                        && agent != null
                        && uri.toLowerCase(Locale.ROOT).startsWith("/adfs/services/policystore")
                        && agent.contains("PowerShell")
                ? POLICY_STORE
                : null;
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        List<Act> acts = new ArrayList<>(Act.seen(ACTS, trail));
        long guesses = trail.count(CHANNEL);
        if (guesses < GUESSES) {
            // a machine opens its channel and changes its password as a matter of course
            acts.removeIf(act -> act.name().startsWith("netlogon "));
        }
        if (acts.isEmpty()) {
            return null;
        }
        Severity severity = severity(acts, trail, guesses);
        List<String> techniques = new ArrayList<>(Act.techniques(acts));
        List<String> told = Act.told(acts, trail);
        String first = guesses >= GUESSES ? "guesses a secure channel" : told.getFirst();
        return new Verdict(
                severity,
                severity == CRITICAL ? 0.97 : severity == HIGH ? 0.9 : 0.6,
                acts.size() + guesses,
                techniques,
                "%s attacks the directory at %s: %s".formatted(key.host(), key.peer(), first),
                List.of(
                        "%s did this at %s within %.0f s: it %s."
                                .formatted(
                                        key.host(),
                                        key.peer(),
                                        (trail.last() - trail.first()) / 1e9,
                                        String.join("; it ", told))));
    }

    private static Severity severity(List<Act> acts, Trail trail, long guesses) {
        if (guesses >= GUESSES) {
            return trail.has(MACHINE_PASSWORD) ? CRITICAL : HIGH;
        }
        if (trail.has(SERVER_ADDED) && trail.has(SERVER_REMOVED)) {
            return HIGH;
        }
        boolean join = trail.has("samr SamrCreateUser");
        List<Act> counted =
                join
                        ? acts.stream().filter(act -> !act.techniques().contains("T1098")).toList()
                        : acts;
        return Act.worst(counted);
    }
}
