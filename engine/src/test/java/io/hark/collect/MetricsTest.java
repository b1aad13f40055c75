package io.hark.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {

    @TempDir private Path dir = Path.of("");

    private static SensorStatus sensor(long pid) {
        return new SensorStatus(
                1_500_000_000_000_000_000L,
                pid,
                1,
                true,
                "local",
                "https://127.0.0.1:8445",
                4096,
                16_000_000,
                100,
                90,
                3,
                0,
                0,
                null,
                new SensorStatus.OfCapture("eth0", 1000, 64_000, 7, 0, 1));
    }

    private String told() throws Exception {
        try (Metrics metrics = Metrics.open("127.0.0.1", 0, dir, dir.resolve("lake"));
                HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://127.0.0.1:" + metrics.port() + "/metrics");
            HttpResponse<String> answer =
                    http.send(
                            HttpRequest.newBuilder(uri).build(),
                            HttpResponse.BodyHandlers.ofString());
            assertThat(answer.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("text/plain; version=0.0.4");
            return answer.body();
        }
    }

    @Test
    void a_sensor_is_told_of_by_what_it_said_last() throws Exception {
        sensor(ProcessHandle.current().pid()).write(dir);
        assertThat(told())
                .contains("# TYPE hark_sensor_up gauge\nhark_sensor_up 1\n")
                .contains("hark_sensor_told_seconds 1500000000\n")
                .contains("hark_capture_dropped_total{place=\"kernel\"} 7\n")
                .contains("hark_spool_waiting_rows 10\n")
                .contains("hark_sensor_lost_rows_total 3\n")
                .doesNotContain("hark_collector");
    }

    @Test
    void a_sensor_that_was_killed_is_not_up_whatever_it_said() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        sensor(gone.pid()).write(dir);
        assertThat(told()).contains("hark_sensor_up 0\n");
    }

    @Test
    void samples_of_a_metric_stand_together_and_labels_may_hold_anything() {
        Exposition out = new Exposition();
        out.sample("a", "counter", "one", 1, "source", "x\"\\\ny");
        out.gauge("b", "two", 0.5);
        out.sample("a", "counter", "one", 2, "source", "z");
        assertThat(out)
                .hasToString(
                        """
                        # HELP a one
                        # TYPE a counter
                        a{source="x\\"\\\\\\ny"} 1
                        a{source="z"} 2
                        # HELP b two
                        # TYPE b gauge
                        b 0.5
                        """);
    }
}
