package io.hark.detect.windows;

import static io.hark.detect.windows.Acts.CLIENT;
import static io.hark.detect.windows.Acts.PEER;
import static io.hark.detect.windows.Acts.found;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoteExecutionTest {

    private final Acts acts = new Acts();

    @Test
    void a_service_made_started_and_deleted_is_high() {
        Finding finding =
                found(
                                new RemoteExecution(),
                                List.of(
                                        acts.call(CLIENT, PEER, "svcctl", "OpenSCManagerW"),
                                        acts.call(CLIENT, PEER, "svcctl", "CreateServiceW"),
                                        acts.call(CLIENT, PEER, "svcctl", "StartServiceW"),
                                        acts.call(CLIENT, PEER, "svcctl", "DeleteService")))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.HIGH);
        assertThat(finding.techniques()).contains("T1021.002", "T1569.002");
        assertThat(finding.orig_h()).isEqualTo(CLIENT);
        assertThat(finding.resp_h()).isEqualTo(PEER);
        assertThat(finding.why()).contains("makes a service").contains("deletes a service");
    }

    @Test
    void a_service_manager_that_is_opened_and_left_is_a_test_for_administrators() {
        Finding finding =
                found(
                                new RemoteExecution(),
                                List.of(acts.call(CLIENT, PEER, "svcctl", "OpenSCManager2")))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).contains("T1069.001");
    }

    @Test
    void a_method_run_by_wmi_is_medium() {
        Finding finding =
                found(
                                new RemoteExecution(),
                                List.of(
                                        acts.call(CLIENT, PEER, "IWbemLevel1Login", "NTLMLogin"),
                                        acts.call(CLIENT, PEER, "IWbemServices", "ExecMethod")))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).containsExactly("T1047");
    }

    @Test
    void questions_by_wmi_are_low() {
        assertThat(
                        found(
                                new RemoteExecution(),
                                List.of(
                                        acts.call(CLIENT, PEER, "IWbemLevel1Login", "NTLMLogin"),
                                        acts.call(CLIENT, PEER, "IWbemServices", "ExecQuery"))))
                .allMatch(finding -> finding.severity() == Severity.LOW);
    }

    @Test
    void a_program_written_to_an_administrators_share_is_a_tool_transfer() {
        Finding finding =
                found(
                                new RemoteExecution(),
                                List.of(
                                        acts.mapping(CLIENT, PEER, "\\\\HOST\\ADMIN$"),
                                        acts.program(CLIENT, PEER)))
                        .getFirst();
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).contains("T1570");
    }

    @Test
    void a_file_server_s_shares_are_nothing() {
        assertThat(
                        found(
                                new RemoteExecution(),
                                List.of(
                                        acts.mapping(CLIENT, PEER, "\\\\FILES\\IPC$"),
                                        acts.mapping(CLIENT, PEER, "\\\\FILES\\Public"),
                                        acts.file(CLIENT, PEER, "\\\\FILES\\Public", "plan.docx"),
                                        acts.call(CLIENT, PEER, "srvsvc", "NetrShareEnum"))))
                .isEmpty();
    }

    @Test
    void acts_that_lie_far_apart_are_judged_apart() {
        assertThat(
                        found(
                                new RemoteExecution(),
                                List.of(
                                        acts.call(CLIENT, PEER, "svcctl", "CreateServiceW"),
                                        later(),
                                        acts.call(CLIENT, PEER, "svcctl", "DeleteService"))))
                .noneMatch(finding -> finding.severity() == Severity.HIGH);
    }

    private io.hark.event.Event later() {
        acts.pause(Duration.ofHours(3));
        return acts.call(CLIENT, PEER, "svcctl", "StartServiceW");
    }
}
