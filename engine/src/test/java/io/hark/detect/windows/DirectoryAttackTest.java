package io.hark.detect.windows;

import static io.hark.detect.windows.Acts.CLIENT;
import static io.hark.detect.windows.Acts.CONTROLLER;
import static io.hark.detect.windows.Acts.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectoryAttackTest {

    private final Acts acts = new Acts();

    private Event netlogon(String operation) {
        return acts.call(CLIENT, CONTROLLER, "netlogon", operation);
    }

    @Test
    void a_guessed_channel_and_a_password_after_it_are_critical() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(netlogon("NetrServerReqChallenge"));
            events.add(netlogon("NetrServerAuthenticate2"));
        }
        assertThat(found(new DirectoryAttack(), events))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
        events.add(netlogon("NetrServerPasswordSet2"));
        Finding finding = found(new DirectoryAttack(), events).getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(finding.techniques()).contains("T1210", "T1098");
    }

    @Test
    void a_machine_that_opens_its_channel_and_changes_its_password_is_nothing() {
        assertThat(
                        found(
                                new DirectoryAttack(),
                                List.of(
                                        netlogon("NetrServerReqChallenge"),
                                        netlogon("NetrServerAuthenticate3"),
                                        netlogon("NetrServerPasswordSet2"))))
                .isEmpty();
    }

    @Test
    void a_server_added_to_the_replicating_ones_and_removed_is_high() {
        String server = "CN=PC7,CN=Servers,CN=Site,CN=Sites,CN=Configuration,DC=example,DC=test";
        assertThat(
                        found(
                                new DirectoryAttack(),
                                List.of(
                                        acts.ldap(CLIENT, CONTROLLER, "add", server),
                                        acts.ldap(CLIENT, CONTROLLER, "delete", server))))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
    }

    @Test
    void a_password_set_from_afar_is_medium_and_of_a_machine_that_joins_is_low() {
        assertThat(
                        found(
                                new DirectoryAttack(),
                                List.of(
                                        acts.call(
                                                CLIENT,
                                                CONTROLLER,
                                                "samr",
                                                "SamrSetInformationUser2"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.MEDIUM);
        assertThat(
                        found(
                                new DirectoryAttack(),
                                List.of(
                                        acts.call(
                                                CLIENT,
                                                CONTROLLER,
                                                "samr",
                                                "SamrCreateUser2InDomain"),
                                        acts.call(
                                                CLIENT,
                                                CONTROLLER,
                                                "samr",
                                                "SamrSetInformationUser2"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.LOW);
    }

    @Test
    void replication_is_a_controller_s_business_and_nobody_else_s() {
        assertThat(
                        found(
                                new Replication(),
                                List.of(
                                        acts.call(
                                                CLIENT, CONTROLLER, "drsuapi", "DRSGetNCChanges"))))
                .extracting(Finding::severity)
                .containsExactly(Severity.HIGH);
        assertThat(
                        found(
                                new Replication(),
                                List.of(
                                        acts.ldap(CLIENT, CONTROLLER, "bind SASL", null),
                                        acts.call(
                                                CONTROLLER, CLIENT, "drsuapi", "DRSGetNCChanges"))))
                .isEmpty();
    }

    @Test
    void a_logon_back_makes_a_coerced_one_of_a_question_to_a_printer() {
        Event ask =
                acts.call(
                        CLIENT,
                        CONTROLLER,
                        "spoolss",
                        "RpcRemoteFindFirstPrinterChangeNotificationEx");
        assertThat(found(new CoercedLogon(), List.of(ask)))
                .extracting(Finding::severity)
                .containsExactly(Severity.LOW);
        Finding finding =
                found(new CoercedLogon(), List.of(ask, acts.logon(CONTROLLER, CLIENT))).getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.orig_h()).isEqualTo(CLIENT);
        assertThat(finding.techniques()).containsExactly("T1187");
        assertThat(found(new CoercedLogon(), List.of(acts.logon(CONTROLLER, CLIENT)))).isEmpty();
    }
}
