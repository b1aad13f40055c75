package io.hark.detect.transfers;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransfersTest {

    @Test
    void much_data_to_one_place_outside_is_found_with_its_ratio() {
        Event event =
                MadeConn.at(0).service("ssl").bytes(400_000_000, 2_000_000).lasting(600).end();
        Finding found = Trial.one(new Transfers(), List.of(event));
        assertThat(found.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(found.techniques()).contains("T1567", "T1041");
        assertThat(Trial.number(found, "ratio")).isEqualTo(0.99);
    }

    @Test
    void a_bucket_in_a_cloud_is_somebody_s_account() {
        Event event =
                MadeConn.at(0)
                        .service("ssl")
                        .named("quarterly.s3.eu-west-1.amazonaws.com", "sni")
                        .bytes(400_000_000, 2_000_000)
                        .lasting(600)
                        .end();
        Finding found = Trial.one(new Transfers(), List.of(event));
        assertThat(found.techniques()).startsWith("T1537", "T1567");
    }

    @Test
    void a_drip_over_the_day_is_found() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 480; i++) {
            events.add(MadeConn.at(i * 150).bytes(40_000, 300).end());
        }
        Finding found = Trial.one(new Transfers(), events);
        assertThat(found.techniques()).contains("T1030");
        assertThat(Trial.number(found, "up_bytes")).isEqualTo(480 * 40_000);
    }

    @Test
    void what_is_sent_every_night_is_low_from_the_fourth_on() {
        List<Event> events = new ArrayList<>();
        for (int night = 0; night < 6; night++) {
            double late = night % 2 == 0 ? 0 : 1800;
            events.add(
                    MadeConn.at(night * 86_400 + late)
                            .service("ssl")
                            .named("backup.example", "sni")
                            .bytes(400_000_000 + 20_000_000L * night, 2_000_000)
                            .lasting(600)
                            .end());
        }
        List<Finding> found = Trial.all(new Transfers(), events);
        assertThat(found)
                .extracting(Finding::severity)
                .startsWith(Severity.MEDIUM)
                .endsWith(Severity.LOW);
        assertThat(found.stream().filter(one -> one.severity() == Severity.MEDIUM))
                .hasSizeLessThanOrEqualTo(3);
    }

    @Test
    void browsing_calls_and_backups_inside_are_none() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            events.add(MadeConn.at(i * 60).bytes(5_000, 300_000).end());
        }
        events.add(MadeConn.at(5).to("203.0.113.9", 5004).bytes(300_000_000, 280_000_000).end());
        events.add(MadeConn.at(5).to("10.0.0.9", 445).bytes(900_000_000, 1000).end());
        assertThat(Trial.all(new Transfers(), events)).isEmpty();
    }
}
