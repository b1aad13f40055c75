package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.engagement.Networks;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Software;
import io.hark.event.Ssh;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class InventoryTest {

    private static final long DAY = 86_400_000_000_000L;

    private final List<Event> said = new ArrayList<>();
    private final Inventory inventory =
            new Inventory(Networks.of(List.of("10.0.0.0/8")), new Repeats(), said::add);

    @Test
    void what_a_local_host_runs_is_said_once_a_day() {
        inventory.event(ssh(0));
        inventory.event(ssh(DAY - 1));

        assertThat(said).hasSize(1);

        inventory.event(ssh(DAY));

        assertThat(said).hasSize(2);
    }

    @Test
    void a_host_elsewhere_is_not_told() {
        inventory.event(ssh(0));

        assertThat(said)
                .singleElement()
                .isInstanceOfSatisfying(
                        Software.class,
                        row -> {
                            assertThat(row.host()).isEqualTo(Addr.parse("10.0.0.1"));
                            assertThat(row.software_type()).isEqualTo("SSH::CLIENT");
                            assertThat(row.host_p()).isNull();
                        });
    }

    private static Ssh ssh(long ts) {
        Endpoints ends = new Endpoints(Addr.parse("10.0.0.1"), 40_000, Addr.parse("192.0.2.1"), 22);
        return new Ssh(
                ts,
                ts,
                "C1",
                ends,
                2,
                null,
                0,
                null,
                "SSH-2.0-OpenSSH_9.2p1",
                "SSH-2.0-OpenSSH_8.0",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
