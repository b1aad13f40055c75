package io.hark.format.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampsTest {

    private static final String NOW = "2024-01-02T00:00:00Z";

    private static Stamps at(String now, ZoneId zone) {
        return new Stamps(zone, Instant.parse(now).getEpochSecond() * 1_000_000_000L);
    }

    private static @Nullable Instant read(Stamps stamps, String text) {
        Stamp stamp = stamps.read(text, 0);
        return stamp == null
                ? null
                : Instant.ofEpochSecond(
                        Math.floorDiv(stamp.nanos(), 1_000_000_000L),
                        Math.floorMod(stamp.nanos(), 1_000_000_000L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2023-11-23T05:49:20Z | 2023-11-23T05:49:20Z",
                "2023-11-23T05:49:20.123456+01:00 | 2023-11-23T04:49:20.123456Z",
                "2023-11-23 05:49:20,5 | 2023-11-23T05:49:20.5Z",
                "2023-11-23 05:49:20 +0200 | 2023-11-23T03:49:20Z",
                "2023/12/04 16:00:02 | 2023-12-04T16:00:02Z",
                "Oct  1 2023 18:30:13.311 CEST: | 2023-10-01T16:30:13.311Z",
                "2023 Jan 11 19:27:57 CET: | 2023-01-11T18:27:57Z",
                "10/Oct/2000:13:55:36 -0700 | 2000-10-10T20:55:36Z",
                "28-Aug-2023 08:04:30.123 | 2023-08-28T08:04:30.123Z",
                "Mon, 28 Aug 2023 08:04:30 GMT | 2023-08-28T08:04:30Z",
                "Mon Aug 28 08:04:30 2023 | 2023-08-28T08:04:30Z",
                "12/28/2023 10:00:00 | 2023-12-28T10:00:00Z",
                "28/12/2023 10:00:00 | 2023-12-28T10:00:00Z",
                "1673516966 | 2023-01-12T09:49:26Z",
                "1673516966.834663913 | 2023-01-12T09:49:26.834663913Z",
                "1673516966834 | 2023-01-12T09:49:26.834Z",
                "1673516966834663 | 2023-01-12T09:49:26.834663Z",
                "1673516966834663913 | 2023-01-12T09:49:26.834663913Z",
            })
    void every_form_that_logs_have_is_the_moment_it_says(String text, String moment) {
        assertThat(read(at(NOW, ZoneOffset.UTC), text)).isEqualTo(Instant.parse(moment));
    }

    @Test
    void december_read_in_january_is_of_the_year_before() {
        Stamps january = at("2024-01-02T00:00:00Z", ZoneOffset.UTC);
        assertThat(read(january, "Dec 31 23:59:59 host")).isEqualTo("2023-12-31T23:59:59Z");
        assertThat(read(january, "Jan  1 00:00:01 host")).isEqualTo("2024-01-01T00:00:01Z");
        assertThat(read(january, "Jan  2 12:00:00 host"))
                .as("a clock may be some hours ahead")
                .isEqualTo("2024-01-02T12:00:00Z");
    }

    @Test
    void a_leap_day_without_a_year_is_of_the_last_year_that_has_one() {
        assertThat(read(at("2027-06-01T00:00:00Z", ZoneOffset.UTC), "Feb 29 10:00:00"))
                .isEqualTo("2024-02-29T10:00:00Z");
    }

    @Test
    void a_time_without_a_zone_is_of_the_zone_of_its_source() {
        Stamps berlin = at(NOW, ZoneId.of("Europe/Berlin"));
        Stamp stamp = berlin.read("Jul 11 10:00:00 host", 0);
        assertThat(stamp).isNotNull();
        assertThat(stamp.inferredYear()).isTrue();
        assertThat(stamp.assumedZone()).isTrue();
        assertThat(stamp.end()).isEqualTo(15);
        assertThat(read(berlin, "Jul 11 10:00:00 host")).isEqualTo("2023-07-11T08:00:00Z");
    }

    @ParameterizedTest
    @CsvSource({
        "Foo 11 22:14:15",
        "Oct 32 22:14:15",
        "Oct",
        "2023-13-01 00:00:00",
        "2023-",
        "12:00:00",
        "99999999999999999999",
        "9999999999999999999",
        "1/2"
    })
    void what_is_no_time_is_none(String text) {
        assertThat(at(NOW, ZoneOffset.UTC).read(text, 0)).isNull();
    }
}
