package io.hark.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.config.NotifyConfig;
import io.hark.config.NotifyTarget;
import io.hark.config.NotifyTarget.Webhook;
import io.hark.engagement.Suppressions;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.schema.Prefix;
import io.hark.sensor.Analysis;
import io.hark.sensor.Options;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// From a finding to a webhook in this process.
class NotifierTest {

    @TempDir private Path dir = Path.of("");

    private NotifyConfig config(int port, List<String> detectors, List<Prefix> hosts) {
        return new NotifyConfig(
                dir.resolve("spool"),
                Duration.ofDays(1),
                List.of(
                        new NotifyTarget(
                                "hook",
                                Severity.MEDIUM,
                                detectors,
                                hosts,
                                1_000,
                                new Webhook(
                                        URI.create("http://127.0.0.1:" + port + "/"),
                                        null,
                                        null))));
    }

    private static Notifier open(NotifyConfig config, Suppressions suppressions) {
        return Notifier.open(config, suppressions, InstantSource.system());
    }

    /// The ids of what is heard up to the finding `end`.
    private static List<String> heard(Ears ears) throws InterruptedException {
        List<String> ids = new ArrayList<>();
        while (ids.isEmpty() || !ids.getLast().startsWith("end")) {
            String request = ears.next();
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);
            ids.add(JsonMapper.builder().build().readTree(body).get("id").asString());
        }
        return ids;
    }

    @Test
    void a_finding_is_told_once_and_again_only_when_it_is_worse() throws Exception {
        try (Ears ears = Ears.of(Ears.http(200));
                Notifier notifier =
                        open(config(ears.port(), List.of(), List.of()), Suppressions.NONE)) {
            notifier.accept(Found.finding("a", Severity.LOW));
            notifier.accept(Found.finding("a", Severity.MEDIUM));
            notifier.accept(Found.finding("a", Severity.MEDIUM));
            notifier.accept(Found.finding("a", Severity.HIGH));
            notifier.accept(Found.finding("a", Severity.MEDIUM));
            notifier.accept(Found.finding("end", Severity.HIGH));
            assertThat(heard(ears)).containsExactly("a-medium", "a-high", "end-high");
        }
    }

    @Test
    void a_restart_tells_nobody_again() throws Exception {
        try (Ears ears = Ears.of(Ears.http(200))) {
            NotifyConfig config = config(ears.port(), List.of(), List.of());
            try (Notifier notifier = open(config, Suppressions.NONE)) {
                notifier.accept(Found.finding("a", Severity.HIGH));
                notifier.accept(Found.finding("end1", Severity.HIGH));
                assertThat(heard(ears)).hasSize(2);
            }
            Path told = dir.resolve("spool/told");
            Files.writeString(told, Files.readString(told) + "hook half a li");
            try (Notifier notifier = open(config, Suppressions.NONE)) {
                notifier.accept(Found.finding("a", Severity.HIGH));
                notifier.accept(Found.finding("end2", Severity.HIGH));
                assertThat(heard(ears)).containsExactly("end2-high");
            }
        }
    }

    @Test
    void what_was_not_delivered_waits_for_the_next_time() throws Exception {
        int port;
        try (Ears gone = Ears.of(Ears.http(200))) {
            port = gone.port();
        }
        try (Notifier notifier = open(config(port, List.of(), List.of()), Suppressions.NONE)) {
            notifier.accept(Found.finding("a", Severity.HIGH));
            notifier.accept(Found.finding("end", Severity.HIGH));
        }
        try (Ears ears = Ears.of(Ears.http(200));
                Notifier notifier =
                        open(config(ears.port(), List.of(), List.of()), Suppressions.NONE)) {
            assertThat(heard(ears)).containsExactly("a-high", "end-high");
            assertThat(notifier.counts()).hasSize(1);
        }
    }

    @Test
    void only_what_a_target_asked_for_and_nobody_suppressed_is_told() throws Exception {
        Path file =
                Files.writeString(
                        dir.resolve("suppressions.yaml"),
                        """
                        suppressions:
                          - {from: 10.9.0.9, who: jane, why: known, until: 2099-01-01}
                        """);
        List<Prefix> hosts = List.of(Objects.requireNonNull(Prefix.parse("10.9.0.0/16")));
        try (Ears ears = Ears.of(Ears.http(200));
                Notifier notifier =
                        open(
                                config(ears.port(), List.of("beacons"), hosts),
                                Suppressions.read(file))) {
            notifier.accept(Found.finding("elsewhere", Severity.HIGH, "x", "10.0.0.5"));
            notifier.accept(Found.finding("suppressed", Severity.HIGH, "x", "10.9.0.9"));
            notifier.accept(Found.finding("end", Severity.HIGH, "x", "10.9.0.5"));
            assertThat(heard(ears)).containsExactly("end-high");
        }
        try (Ears ears = Ears.of(Ears.http(200));
                Notifier notifier =
                        open(config(ears.port(), List.of("scans"), List.of()), Suppressions.NONE)) {
            notifier.accept(Found.finding("other", Severity.HIGH));
            assertThat(ears.isQuiet()).isTrue();
        }
    }

    @Test
    void findings_of_many_threads_are_all_told_once() throws Exception {
        try (Ears ears = Ears.of(Ears.http(200));
                Notifier notifier =
                        open(config(ears.port(), List.of(), List.of()), Suppressions.NONE)) {
            List<Thread> threads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                threads.add(
                        Thread.ofVirtual()
                                .start(
                                        () -> {
                                            for (int i = 0; i < 10; i++) {
                                                notifier.accept(
                                                        Found.finding("f" + i, Severity.HIGH));
                                            }
                                        }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            notifier.accept(Found.finding("end", Severity.HIGH));
            assertThat(heard(ears)).doesNotHaveDuplicates().hasSize(11);
        }
    }

    @Test
    void findings_of_an_analysis_are_told_as_they_are_made() throws Exception {
        Path capture = Path.of("../samples/sandcat/capture.pcap");
        try (Ears ears = Ears.of(Ears.http(200));
                Notifier notifier =
                        open(config(ears.port(), List.of(), List.of()), Suppressions.NONE)) {
            List<Finding> made =
                    new Analysis(Options.builder().told(notifier).build(), _ -> {})
                            .run(capture, null).summary().findings().stream()
                                    .filter(one -> one.severity().compareTo(Severity.MEDIUM) >= 0)
                                    .toList();
            assertThat(made).isNotEmpty();
            notifier.accept(Found.finding("end", Severity.HIGH));
            assertThat(heard(ears))
                    .containsAll(
                            made.stream()
                                    .map(one -> one.id() + "-" + word(one.severity()))
                                    .toList());
        }
    }

    private static String word(Severity severity) {
        return severity.name().toLowerCase(Locale.ROOT);
    }

    @Test
    void a_spool_that_cannot_be_is_said() throws IOException {
        Files.writeString(dir.resolve("spool"), "a file");
        assertThatThrownBy(() -> open(config(1, List.of(), List.of()), Suppressions.NONE))
                .hasMessageContaining("is no place for what is to be told");
    }
}
