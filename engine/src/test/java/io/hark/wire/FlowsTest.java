package io.hark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FlowsTest {

    private final Flows flows = new Flows(1, 8);

    private Flow add(int port, long last) {
        Flow flow = flows.add(tuple(port));
        flow.last = last;
        return flow;
    }

    private Tuple tuple(int port) {
        Tuple tuple = new Tuple();
        tuple.ports = port;
        flows.hash(tuple);
        return tuple;
    }

    @Test
    void a_full_table_gives_up_who_was_silent_longest() {
        for (int port = 0; port < 7; port++) {
            add(port, 100 + port);
        }
        assertThat(flows.spare()).isNull();
        Flow quiet = add(7, 50);

        assertThat(flows.spare()).isSameAs(quiet);

        flows.remove(quiet);
        assertThat(flows.spare()).isNull();
        assertThat(flows.find(tuple(7))).isNull();
        assertThat(add(8, 200)).isSameAs(quiet);
        assertThat(flows.find(tuple(3))).isNotNull();
    }
}
