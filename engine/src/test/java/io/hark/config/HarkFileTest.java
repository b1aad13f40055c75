package io.hark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HarkFileTest {

    @TempDir private Path dir = Path.of("");

    private CollectConfig read(String text) throws IOException {
        return HarkConfig.read(Files.writeString(dir.resolve("hark.yaml"), text)).collect();
    }

    @Test
    void what_is_not_said_has_its_default() throws IOException {
        CollectConfig collect = read("collect: {listeners: [{kind: syslog-tcp}]}");

        assertThat(collect.out()).isNull();
        assertThat(collect.roll()).isEqualTo(Duration.ofMinutes(1));
        assertThat(collect.journal()).isEqualTo(2_000_000_000L);
        assertThat(collect.silence()).isEqualTo(Duration.ofMinutes(10));
        Listener one = collect.listeners().getFirst();
        assertThat(one).isEqualTo(Listener.at(Listener.Kind.SYSLOG_TCP, "", 514));
        assertThat(one.zone()).isEqualTo(ZoneOffset.UTC);
        assertThat(one.limits()).isEqualTo(new Listener.Limits(262_144, 1024, 128));
    }

    @Test
    void every_key_has_its_place() throws IOException {
        CollectConfig collect =
                read(
                        """
                        collect:
                          out: lake
                          roll: 30s
                          journal: 100MB
                          silence: 1h
                          listeners:
                            - kind: https
                              name: windows
                              address: 127.0.0.1
                              port: 9443
                              log-zone: Europe/Berlin
                              silence: 2m
                              connections: 20
                              certificate: server.pem
                              key: /etc/server.key
                              clients: clients.pem
                              token: token.txt
                            - {kind: files, paths: ["/var/log/*.log", /srv/logs]}
                        """);

        assertThat(collect.out()).isEqualTo(dir.resolve("lake"));
        assertThat(collect.roll()).isEqualTo(Duration.ofSeconds(30));
        assertThat(collect.journal()).isEqualTo(100_000_000);
        assertThat(collect.silence()).isEqualTo(Duration.ofHours(1));
        assertThat(collect.listeners())
                .containsExactly(
                        new Listener(
                                Listener.Kind.HTTPS,
                                "windows",
                                "127.0.0.1",
                                9443,
                                ZoneId.of("Europe/Berlin"),
                                Duration.ofMinutes(2),
                                new Listener.Limits(262_144, 20, 128),
                                new Listener.Tls(
                                        dir.resolve("server.pem"),
                                        Path.of("/etc/server.key"),
                                        dir.resolve("clients.pem")),
                                dir.resolve("token.txt"),
                                List.of()),
                        Listener.following(List.of("/var/log/*.log", "/srv/logs")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {kind: syslog-udp, prot: 514} | line 3: 'prot' is no key here; the nearest is 'port'
                    {kind: syslog}                | line 3: 'kind' is one of syslog-udp, syslog-tcp
                    {kind: syslog-udp, token: t}  | line 3: a listener of syslog-udp has no 'token'
                    {kind: syslog-tcp, port: 99999} | line 3: '99999' is no port
                    {kind: syslog-tcp, log-zone: Atlantis} | line 3: there is no time zone 'Atlantis'
                    {kind: syslog-tcp, silence: often} | line 3: 'silence' takes a time such as 90s
                    {kind: syslog-tcp, connections: 0} | line 3: 'connections' is a whole number from 1
                    {kind: syslog-tcp, line: 10MB} | line 3: 'line' is from 480 to 262144
                    {kind: syslog-tls}            | line 3: 'certificate' is missing
                    {kind: syslog-tls, certificate: a.pem} | line 3: 'key' is missing
                    {kind: https, certificate: a.pem, key: a.key} | line 3: anybody could post here
                    {kind: files}                 | line 3: 'paths' needs a file
                    {kind: syslog-tcp, name: a b} | line 3: a name is of 1 to 64 letters
                    """)
    void a_mistake_is_told_with_its_line(String listener, String complaint) {
        assertThatThrownBy(() -> read("collect:\n  listeners:\n    - " + listener))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("hark.yaml " + complaint);
    }

    @Test
    void a_sender_may_be_held_shorter() throws IOException {
        Listener one =
                read("collect: {listeners: [{kind: syslog-tcp, line: 32KB, per-source: 3}]}")
                        .listeners()
                        .getFirst();

        assertThat(one.limits()).isEqualTo(new Listener.Limits(32_000, 1024, 3));
    }

    @Test
    void a_journal_that_is_too_small_to_be_removed_in_pieces_is_refused() {
        assertThatThrownBy(() -> read("collect:\n  journal: 1MB"))
                .hasMessageContaining("hark.yaml line 2: 'journal' needs 16MB at least");
    }

    @Test
    void two_listeners_of_one_name_are_refused() {
        assertThatThrownBy(
                        () ->
                                read(
                                        "collect:\n  listeners:\n    - {kind: syslog-udp}\n"
                                                + "    - {kind: syslog-udp}\n"))
                .hasMessageContaining("line 4: there is a listener 'syslog-udp-514' already");
    }

    @Test
    void every_key_of_a_listener_is_of_some_kind() {
        Set<String> used = new TreeSet<>();
        for (String key : HarkFile.LISTENER.keySet()) {
            if (Arrays.stream(Listener.Kind.values()).anyMatch(kind -> HarkFile.isOf(kind, key))) {
                used.add(key);
            }
        }
        assertThat(used).isEqualTo(new TreeSet<>(HarkFile.LISTENER.keySet()));
    }

    @Test
    void a_monitor_has_all_its_keys_and_usual_ones_where_they_are_missing() throws IOException {
        Path file =
                Files.writeString(
                        dir.resolve("hark.yaml"),
                        """
                        monitor:
                          interfaces: [eth0, eth1]
                          dir: state
                          user: hark
                          room: 2GB
                          port: 9445
                          metrics: 192.0.2.1:9100
                          engagement: engagement.yaml
                          suppressions: known.yaml
                          keys: [/etc/hark/keys]
                        """);
        assertThat(HarkConfig.read(file).monitor())
                .isEqualTo(
                        new MonitorConfig(
                                List.of("eth0", "eth1"),
                                dir.resolve("state"),
                                "hark",
                                2_000_000_000L,
                                9445,
                                new MonitorConfig.Metrics("192.0.2.1", 9100),
                                dir.resolve("engagement.yaml"),
                                dir.resolve("known.yaml"),
                                List.of(Path.of("/etc/hark/keys"))));

        Files.writeString(file, "monitor: {interfaces: eth0, metrics: none}");
        MonitorConfig usual = HarkConfig.read(file).monitor();
        assertThat(usual.metrics()).isNull();
        assertThat(usual.port()).isEqualTo(MonitorConfig.PORT);

        Files.writeString(file, "monitor: {metrics: everywhere}");
        assertThatThrownBy(() -> HarkConfig.read(file)).hasMessageContaining("line 1");
    }
}
