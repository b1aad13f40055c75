package io.hark.detect.staging;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Conn;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StagingTest {

    private static List<Conn> gathered(int sources) {
        List<Conn> conns = new ArrayList<>();
        for (int i = 1; i <= sources; i++) {
            conns.add(MadeConn.at(i * 100).to("10.0.1." + i, 445).bytes(9_000, 4_000_000).end());
        }
        return conns;
    }

    @Test
    void files_of_several_hosts_that_leave_for_one_place_are_medium() {
        List<Conn> conns = gathered(4);
        conns.add(MadeConn.at(2000).to("203.0.113.7", 443).bytes(9_000_000, 40_000).end());
        var found = Trial.one(new Staging(), conns);
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).startsWith("T1074.002");
        assertThat(found.resp_h()).hasToString("203.0.113.7");
        assertThat(Trial.number(found, "gathered_bytes")).isEqualTo(16_000_000);
    }

    @Test
    void a_backup_server_that_keeps_what_it_gathers_is_none() {
        assertThat(Trial.last(new Staging(), gathered(20))).isEmpty();
    }

    @Test
    void what_left_before_anything_was_gathered_is_none() {
        List<Conn> conns = gathered(4);
        conns.add(MadeConn.at(10).to("203.0.113.7", 443).bytes(9_000_000, 40_000).end());
        assertThat(Trial.last(new Staging(), conns)).isEmpty();
    }

    @Test
    void a_download_of_as_much_from_outside_is_none() {
        List<Conn> conns = gathered(4);
        conns.add(MadeConn.at(2000).to("203.0.113.7", 443).bytes(400_000, 90_000_000).end());
        assertThat(Trial.last(new Staging(), conns)).isEmpty();
    }
}
