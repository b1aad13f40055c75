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
import io.hark.event.LdapSearch;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Finds hosts that ask another one what an attacker wants to know: who is logged on and where, who
/// is in which group, which users, shares, services and trusts there are.
///
/// *What counts* ([#ACTS]): calls of SAMR, LSARPC, SRVSVC, WKSSVC, WINREG, the endpoint mapper and
/// DRSUAPI, and searches of the directory ([LdapQuestion]), within an hour. A question that
/// ordinary programs do not ask is medium by itself; questions that anybody asks are low, but
/// medium where they are after [#MANY_KINDS] different kinds of knowledge; medium ones after so
/// many are high.
///
/// *What it needs*: the operations of DCE-RPC and the filters of LDAP. *What it cannot see*:
/// searches in LDAP that is sealed or in TLS, calls within SMB 3 encryption, and the same knowledge
/// read by ADWS or from a DNS zone. *Source*: MS-SAMR, MS-LSAT, MS-SRVS, MS-WKST, MS-RRP.
public final class RemoteDiscovery implements PairDetector {

    private static final int MANY_KINDS = 4; // techniques; a logon or a login script asks for two
    private static final int MANY_SIDS = 30; // look-ups; a logon or a dialog of rights asks a few
    private static final String SIDS = "lsarpc LsarLookupSids";

    static final List<Act> ACTS =
            Stream.concat(
                            Stream.of(
                                    Act.of(
                                            "samr SamrEnumerateUsersInDomain",
                                            "lists the users of a domain",
                                            MEDIUM,
                                            "T1087.002"),
                                    Act.of(
                                            "samr SamrQueryDisplayInformation",
                                            "lists accounts for display",
                                            MEDIUM,
                                            "T1087.002"),
                                    Act.of(
                                            "samr SamrEnumerateGroupsInDomain",
                                            "lists the groups of a domain",
                                            MEDIUM,
                                            "T1069.002"),
                                    Act.of(
                                            "samr SamrEnumerateAliasesInDomain",
                                            "lists local groups",
                                            MEDIUM,
                                            "T1069.001"),
                                    Act.of(
                                            "samr SamrGetMembersInGroup",
                                            "lists the members of a group",
                                            MEDIUM,
                                            "T1069.002"),
                                    Act.of(
                                            "samr SamrQueryInformationGroup",
                                            "asks about a group",
                                            MEDIUM,
                                            "T1069.002"),
                                    Act.of(
                                            "samr SamrGetMembersInAlias",
                                            "lists the members of a local group",
                                            MEDIUM,
                                            "T1069.001"),
                                    Act.of(
                                            "samr SamrGetGroupsForUser",
                                            "asks for a user's groups",
                                            LOW,
                                            "T1069.002"),
                                    Act.of(
                                            "samr SamrQueryInformationUser",
                                            "asks about a user",
                                            LOW,
                                            "T1087.002"),
                                    Act.of(
                                            "samr SamrQueryInformationDomain",
                                            "asks for the rules of passwords",
                                            LOW,
                                            "T1201"),
                                    Act.of(
                                            "srvsvc NetrSessionEnum",
                                            "lists sessions",
                                            MEDIUM,
                                            "T1049",
                                            "T1033"),
                                    Act.of(
                                            "srvsvc NetrConnectionEnum",
                                            "lists connections to shares",
                                            MEDIUM,
                                            "T1049"),
                                    Act.of("srvsvc NetrFileEnum", "lists open files", LOW, "T1083"),
                                    Act.of("srvsvc NetrShareEnum", "lists shares", LOW, "T1135"),
                                    Act.of(
                                            "srvsvc NetrServerDiskEnum",
                                            "lists disks",
                                            LOW,
                                            "T1082"),
                                    Act.of("srvsvc NetrRemoteTOD", "asks the time", LOW, "T1124"),
                                    Act.of(
                                            "wkssvc NetrWkstaUserEnum",
                                            "lists who is logged on",
                                            MEDIUM,
                                            "T1033",
                                            "T1049"),
                                    Act.of(
                                            "winreg OpenUsers",
                                            "reads whose registry is loaded: who is logged on",
                                            MEDIUM,
                                            "T1033",
                                            "T1012"),
                                    Act.of(
                                            "lsarpc LsarEnumerateAccounts",
                                            "lists accounts with rights",
                                            MEDIUM,
                                            "T1087"),
                                    Act.of(
                                            "lsarpc LsarEnumerateTrustedDomains",
                                            "lists trusted domains",
                                            LOW,
                                            "T1482"),
                                    Act.of(
                                            "netlogon DsrEnumerateDomainTrusts",
                                            "lists trusted domains",
                                            LOW,
                                            "T1482"),
                                    Act.of(
                                            "netlogon NetrEnumerateTrustedDomains",
                                            "lists trusted domains",
                                            LOW,
                                            "T1482"),
                                    Act.of(
                                            "drsuapi DRSDomainControllerInfo",
                                            "lists domain controllers",
                                            LOW,
                                            "T1018"),
                                    Act.of(SIDS, "looks up the names of many SIDs", LOW, "T1087"),
                                    Act.of(
                                            "epmapper ept_lookup",
                                            "lists all endpoints of RPC",
                                            MEDIUM,
                                            "T1046")),
                            LdapQuestion.acts().stream())
                    .toList();

    @Override
    public String name() {
        return "remote-discovery";
    }

    @Override
    public String about() {
        return "questions about users, groups, sessions, shares and services of other hosts";
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(DceRpc.class, LdapSearch.class);
    }

    @Override
    public @Nullable String what(Event input) {
        String what =
                switch (input) {
                    case DceRpc call -> Calls.name(call);
                    case LdapSearch search -> LdapQuestion.name(search);
                    default -> null;
                };
        return what != null && Act.isAny(ACTS, what) ? what : null;
    }

    @Override
    public @Nullable Verdict judge(Key key, Trail trail) {
        List<Act> acts = new ArrayList<>(Act.seen(ACTS, trail));
        boolean sids = trail.count(SIDS) >= MANY_SIDS;
        if (!sids) {
            acts.removeIf(act -> act.name().equals(SIDS)); // a name is looked up all day
        }
        if (acts.isEmpty()) {
            return null;
        }
        List<String> techniques = Act.techniques(acts).stream().distinct().toList();
        boolean many = techniques.size() >= MANY_KINDS;
        Severity worst = sids && Act.worst(acts) == LOW ? MEDIUM : Act.worst(acts);
        Severity severity =
                switch (worst) {
                    case LOW -> many ? MEDIUM : LOW;
                    case MEDIUM -> many ? HIGH : MEDIUM;
                    case HIGH, CRITICAL -> worst;
                };
        List<String> told = Act.told(acts, trail);
        return new Verdict(
                severity,
                severity == HIGH ? 0.8 : severity == MEDIUM ? 0.55 : 0.3,
                acts.size(),
                techniques,
                "%s explores %s: %s".formatted(key.host(), key.peer(), told.getFirst()),
                List.of(
                        "%s put %s to %s within %.0f s: it %s."
                                .formatted(
                                        key.host(),
                                        acts.size() == 1
                                                ? "one kind of question"
                                                : acts.size() + " kinds of questions",
                                        key.peer(),
                                        (trail.last() - trail.first()) / 1e9,
                                        String.join("; it ", told)),
                        "An inventory or an administrator asks such things too, from few and known"
                                + " hosts."));
    }
}
