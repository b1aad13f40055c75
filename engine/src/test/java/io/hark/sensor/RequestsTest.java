package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.DceRpc;
import io.hark.event.Endpoints;
import io.hark.event.Ntlm;
import io.hark.event.SmbMapping;
import io.hark.schema.Addr;
import io.hark.sensor.Requests.Request;
import java.util.List;
import org.junit.jupiter.api.Test;

class RequestsTest {

    private static final Endpoints ENDS = new Endpoints(Addr.v4(1), 40_000, Addr.v4(2), 445);

    private final Summary summary = new Summary();

    private static DceRpc call(int ts, String operation) {
        return new DceRpc(ts, ts, "C" + ts, ENDS, null, null, "svcctl", operation, null);
    }

    private static SmbMapping share(int ts, String path) {
        return new SmbMapping(ts, ts, "C" + ts, ENDS, path, null, null, "PIPE");
    }

    @Test
    void the_same_request_is_one_and_the_most_frequent_stand_first() {
        summary.event(call(1, "OpenSCManagerW"));
        summary.event(call(2, "CreateServiceW"));
        summary.event(call(3, "CreateServiceW"));

        List<Request> asked = summary.requests().kinds().get("dce_rpc").mostFrequent(9);

        assertThat(asked)
                .extracting(r -> r.count + " " + r.what + " " + r.uid)
                .containsExactly("2 svcctl CreateServiceW C2", "1 svcctl OpenSCManagerW C1");
    }

    @Test
    void many_of_one_kind_leave_the_others_their_place() {
        for (int i = 0; i < 10_000; i++) {
            summary.event(call(i, "operation " + i));
        }
        summary.event(share(10_001, "\\\\FILES\\ADMIN$"));

        var kinds = summary.requests().kinds();
        var calls = kinds.get("dce_rpc");
        assertThat(calls.size() + calls.others()).isEqualTo(10_000);
        assertThat(calls.size()).isLessThan(5_000);
        assertThat(kinds.get("smb_mapping").mostFrequent(9))
                .extracting(r -> r.what)
                .containsExactly("connect to \\\\FILES\\ADMIN$");
    }

    @Test
    void a_server_is_known_by_what_it_calls_itself_and_else_by_its_share() {
        summary.event(share(1, "\\\\192.0.2.1\\IPC$"));
        assertThat(summary.hostName(ENDS.resp_h())).isNull();

        summary.event(share(2, "\\\\FILES\\IPC$"));
        assertThat(summary.hostName(ENDS.resp_h())).isEqualTo(new HostName("FILES", "smb"));

        Endpoints other = new Endpoints(Addr.v4(1), 40_001, Addr.v4(3), 445);
        summary.event(
                new Ntlm(3, 3, "C3", other, "eve", "PC", "CORP", "DC", "dc.corp.test", null, true));
        assertThat(summary.hostName(Addr.v4(3))).isEqualTo(new HostName("dc.corp.test", "ntlm"));
    }

    @Test
    void a_service_is_no_host() {
        assertThat(HostName.isHost("printer.local")).isTrue();
        assertThat(HostName.isHost("_ipp._tcp.local")).isFalse();
        assertThat(HostName.isHost("Laser._ipp._tcp.local")).isFalse();
        assertThat(HostName.isHost("")).isFalse();
    }
}
