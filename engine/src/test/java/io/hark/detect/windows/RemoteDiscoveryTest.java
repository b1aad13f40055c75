package io.hark.detect.windows;

import static io.hark.detect.windows.Acts.CLIENT;
import static io.hark.detect.windows.Acts.CONTROLLER;
import static io.hark.detect.windows.Acts.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteDiscoveryTest {

    private final Acts acts = new Acts();

    private Event samr(String operation) {
        return acts.call(CLIENT, CONTROLLER, "samr", operation);
    }

    @Test
    void the_members_of_a_group_are_medium() {
        Finding finding =
                found(
                                new RemoteDiscovery(),
                                List.of(
                                        samr("SamrOpenGroup"),
                                        samr("SamrQueryInformationGroup"),
                                        samr("SamrGetMembersInGroup")))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).containsExactly("T1069.002");
    }

    @Test
    void many_kinds_of_questions_are_high() {
        Finding finding =
                found(
                                new RemoteDiscovery(),
                                List.of(
                                        samr("SamrEnumerateUsersInDomain"),
                                        samr("SamrEnumerateAliasesInDomain"),
                                        acts.call(CLIENT, CONTROLLER, "srvsvc", "NetrSessionEnum"),
                                        acts.call(CLIENT, CONTROLLER, "srvsvc", "NetrShareEnum")))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.techniques()).hasSize(4);
    }

    @Test
    void a_search_for_domain_administrators_is_medium() {
        Finding finding =
                found(
                                new RemoteDiscovery(),
                                List.of(
                                        acts.search(
                                                CLIENT,
                                                CONTROLLER,
                                                "tree",
                                                "(&(objectCategory=group)(cn=Domain Admins))",
                                                List.of("member"))))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).containsExactly("T1069.002");
        assertThat(finding.why()).contains("domain administrators");
    }

    @Test
    void passwords_of_laps_are_high_even_of_one_host() {
        assertThat(
                        found(
                                new RemoteDiscovery(),
                                List.of(
                                        acts.search(
                                                CLIENT,
                                                CONTROLLER,
                                                "base",
                                                "(objectClass=*)",
                                                List.of("ms-Mcs-AdmPwd")))))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
    }

    @Test
    void what_a_logon_asks_is_no_more_than_low() {
        assertThat(
                        found(
                                new RemoteDiscovery(),
                                List.of(
                                        acts.call(CLIENT, CONTROLLER, "lsarpc", "LsarLookupSids2"),
                                        acts.call(CLIENT, CONTROLLER, "epmapper", "ept_map"),
                                        acts.call(CLIENT, CONTROLLER, "drsuapi", "DRSCrackNames"),
                                        acts.call(CLIENT, CONTROLLER, "srvsvc", "NetrShareEnum"),
                                        acts.search(
                                                CLIENT,
                                                CONTROLLER,
                                                "base",
                                                "(objectClass=*)",
                                                List.of("gPLink")))))
                .allMatch(finding -> finding.severity() == Severity.LOW);
    }
}
