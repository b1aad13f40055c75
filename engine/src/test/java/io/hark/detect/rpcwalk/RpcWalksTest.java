package io.hark.detect.rpcwalk;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.DceRpc;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import java.util.List;
import org.junit.jupiter.api.Test;

class RpcWalksTest {

    private static Event call(String operation) {
        long ts = MadeConn.START;
        var ends = new Endpoints(MadeConn.addr("10.0.0.5"), 4000, MadeConn.addr("10.0.0.9"), 135);
        return new DceRpc(ts, ts, "C1", ends, null, "135", "epmapper", operation, null);
    }

    @Test
    void the_list_of_all_services_is_found_and_the_question_for_one_is_not() {
        assertThat(Trial.one(new RpcWalks(), List.of(call("ept_lookup"))).techniques())
                .containsExactly("T1046");
        assertThat(Trial.all(new RpcWalks(), List.of(call("ept_map")))).isEmpty();
    }
}
