package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.collect.SensorStatus;
import io.hark.collect.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Monitors and sensors as processes, over a cable between two network namespaces. Needs root;
/// `./check real` runs it.
@Tag("real")
class MonitorRealTest {

    private static final Path SAMPLE = Path.of("../samples/http/capture.pcap");
    private static final int CONNECTIONS = 8; // in the sample, by tshark -z conv,tcp

    @TempDir Path temp;

    /// A `hark` in the second namespace.
    private Process hark(Namespaces net, String name, Object... words) throws IOException {
        List<String> all =
                new java.util.ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "io.hark.cli.Main"));
        for (Object word : words) {
            all.add(word.toString());
        }
        return Namespaces.start(
                net.second, temp.resolve(name + ".out"), temp.resolve(name + ".err"), all);
    }

    private static void await(Callable<Boolean> condition) throws Exception {
        long until = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!condition.call()) {
            assertThat(System.nanoTime()).as("patience").isLessThan(until);
            LockSupport.parkNanos(20_000_000); // what is awaited is in another process
        }
    }

    private static void end(Process process) throws Exception {
        process.destroy();
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    }

    private void play(Namespaces net) throws Exception {
        Namespaces.in(net.first, "tcpreplay", "-t", "-i", "va", SAMPLE.toString());
    }

    private static List<String> rows(Path lake, String columns) {
        Run run = Run.piped("query", lake, "SELECT " + columns + " FROM conn ORDER BY ts");
        assertThat(run.exit()).as(run.err()).isZero();
        return run.out().lines().toList();
    }

    @Test
    void no_frame_is_lost_when_the_lakes_process_is_killed() throws Exception {
        try (Namespaces net = Namespaces.make("tcpreplay")) {
            Path dir = temp.resolve("monitor");
            Path lake = dir.resolve("lake");
            Path spool = dir.resolve("spool");
            Process monitor = hark(net, "monitor", "monitor", "-i", "vb", "--out", dir);
            try {
                await(() -> Status.isThere(lake) && Status.read(lake).isRunning());
                long first = Status.read(lake).pid();
                ProcessHandle.of(first).orElseThrow().destroyForcibly();
                await(() -> ProcessHandle.of(first).filter(ProcessHandle::isAlive).isEmpty());
                play(net);
                await(() -> Status.read(lake).pid() != first);
                await(
                        () -> {
                            SensorStatus status = SensorStatus.read(spool);
                            return status.rows() > CONNECTIONS
                                    && status.acknowledged() == status.rows();
                        });
                end(monitor);
            } finally {
                monitor.destroyForcibly();
            }
            SensorStatus status = SensorStatus.read(spool);
            assertThat(status.capture().frames()).isEqualTo(86);
            assertThat(status.lost()).isZero();
            assertThat(rows(lake, "observed_by"))
                    .hasSize(CONNECTIONS)
                    .allMatch(row -> row.contains("[\"local\"]"));
        }
    }

    @Test
    void what_two_taps_see_is_one_row_and_so_are_the_halves_that_each_sees() throws Exception {
        for (List<String> filters :
                List.of(
                        List.of("tcp", "tcp"),
                        List.of("src host 192.0.2.10", "dst host 192.0.2.10"))) {
            Path lake = temp.resolve("lake-" + filters.getFirst().length());
            try (Namespaces net = Namespaces.make("tcpreplay")) {
                tap(net, lake, filters);
            }
            assertThat(
                            rows(
                                    lake,
                                    "conn_state, orig_pkts > 0 AND resp_pkts > 0 AS whole, observed_by"))
                    .hasSize(CONNECTIONS)
                    .allMatch(
                            row ->
                                    row.contains("\"SF\"")
                                            && row.contains("true")
                                            && row.contains("[\"tap1\",\"tap2\"]"));
        }
    }

    private void tap(Namespaces net, Path lake, List<String> filters) throws Exception {
        List<String> tokens =
                List.of(
                        Run.piped("collect", "enrol", "tap1", "--out", lake).out().strip(),
                        Run.piped("collect", "enrol", "tap2", "--out", lake).out().strip());
        Process collector =
                hark(net, "collect", "collect", "--out", lake, "--sensors", "127.0.0.1:8444");
        try {
            await(() -> Status.isThere(lake) && Status.read(lake).isRunning());
            List<Process> taps = new java.util.ArrayList<>();
            for (int i = 0; i < 2; i++) {
                Path spool = lake.resolveSibling(lake.getFileName() + "-spool" + i);
                String to = "https://127.0.0.1:8444";
                Process enrolled =
                        hark(
                                net,
                                "enrol" + i,
                                "sensor",
                                "enrol",
                                "--to",
                                to,
                                "--spool",
                                spool,
                                "--token",
                                tokens.get(i));
                assertThat(enrolled.waitFor()).isZero();
                taps.add(
                        hark(
                                net,
                                "tap" + i,
                                "sensor",
                                "-i",
                                "vb",
                                "--to",
                                to,
                                "--spool",
                                spool,
                                "--filter",
                                filters.get(i)));
                await(() -> SensorStatus.isThere(spool));
            }
            play(net);
            for (Process tap : taps) {
                end(tap);
            }
            end(collector);
        } finally {
            collector.destroyForcibly();
        }
        assertThat(Files.readString(temp.resolve("collect.err"))).doesNotContain("damaged");
    }
}
