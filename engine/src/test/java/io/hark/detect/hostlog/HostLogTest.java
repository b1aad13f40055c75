package io.hark.detect.hostlog;

import static io.hark.detect.Lines.firewall;
import static io.hark.detect.Lines.line;
import static io.hark.detect.Lines.sshd;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.Trial;
import io.hark.detect.bruteforce.BruteForce;
import io.hark.detect.scans.Scans;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.LogEvent;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What lines of logs alone tell.
class HostLogTest {

    private static LogEvent windows(double seconds, String log, String code, String... more) {
        List<String> columns = new ArrayList<>(List.of("event.code", code, "host.name", "pc7"));
        columns.addAll(List.of(more));
        return line(seconds, "windows", log, columns.toArray(String[]::new));
    }

    @Test
    void passwords_guessed_at_sshd_are_medium_and_high_once_one_was_right() {
        List<LogEvent> lines = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            lines.add(sshd(i * 3, "192.0.2.66", "root", "failure"));
        }
        Finding guessed = Trial.one(new BruteForce(), lines);
        assertThat(guessed.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(guessed.orig_h()).hasToString("192.0.2.66");
        assertThat(guessed.title()).contains("sshd of web1");
        assertThat(guessed.techniques()).contains("T1110.001");

        lines.add(sshd(40, "192.0.2.66", "root", "success"));
        assertThat(Trial.one(new BruteForce(), lines).severity()).isEqualTo(Severity.HIGH);
    }

    @Test
    void a_person_who_mistypes_is_none() {
        List<LogEvent> lines = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            lines.add(sshd(i * 30, "192.0.2.7", "ada", i % 4 == 0 ? "failure" : "success"));
        }
        assertThat(Trial.last(new BruteForce(), lines)).isEmpty();
    }

    @Test
    void what_a_firewall_denied_to_many_ports_is_a_scan() {
        List<LogEvent> lines = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            lines.add(firewall(i, "denied", "10.0.0.9", "10.0.1.1", 20 + i));
        }
        Finding scan = Trial.one(new Scans(), lines);
        assertThat(scan.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(scan.why()).contains("denied by fw1");
        assertThat(scan.resp_h()).hasToString("10.0.1.1");
    }

    @Test
    void knocks_from_the_internet_are_low_and_a_rule_that_bites_is_none() {
        List<LogEvent> edge = new ArrayList<>();
        List<LogEvent> rule = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            edge.add(firewall(i, "denied", "198.51.100.7", "192.0.2." + i, 23));
            rule.add(firewall(i, "denied", "10.0.0.9", "10.0.1.1", 9100));
            rule.add(firewall(i + 0.5, "allowed", "10.0.0.9", "10.0.1." + i, 443));
        }
        assertThat(Trial.one(new Scans(), edge).severity()).isEqualTo(Severity.LOW);
        assertThat(Trial.last(new Scans(), rule)).isEmpty();
    }

    @Test
    void a_service_that_runs_a_command_is_medium_and_one_of_an_installer_low() {
        Finding tool =
                Trial.one(
                        new HostChanges(),
                        List.of(
                                windows(
                                        1,
                                        "system",
                                        "7045",
                                        "+windows.ServiceName",
                                        "qWxRt",
                                        "file.path",
                                        "%COMSPEC% /b /c start /b /min powershell.exe")));
        assertThat(tool.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(tool.techniques()).contains("T1543.003");
        assertThat(tool.host()).isEqualTo("pc7");
        assertThat(tool.why()).contains("qWxRt");

        Finding installer =
                Trial.one(
                        new HostChanges(),
                        List.of(
                                windows(
                                        1,
                                        "system",
                                        "7045",
                                        "+windows.ServiceName",
                                        "Updater",
                                        "file.path",
                                        "\"C:\\Program Files\\Vendor\\updater.exe\" /svc")));
        assertThat(installer.severity()).isEqualTo(Severity.LOW);
    }

    @Test
    void a_cleared_log_is_medium_and_other_events_are_none() {
        Finding cleared = Trial.one(new HostChanges(), List.of(windows(1, "security", "1102")));
        assertThat(cleared.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(cleared.techniques()).contains("T1070.001");
        assertThat(
                        Trial.last(
                                new HostChanges(),
                                List.of(
                                        windows(1, "security", "4624"),
                                        windows(2, "application", "104"),
                                        line(3, "sshd", "", "event.code", "1102"))))
                .isEmpty();
    }

    @Test
    void a_stick_is_low_and_a_mouse_is_none() {
        Finding stick =
                Trial.one(
                        new HostChanges(),
                        List.of(
                                line(
                                        1,
                                        "kernel",
                                        "usb",
                                        "host.name",
                                        "pc8",
                                        "message",
                                        "usb-storage 1-2:1.0: USB Mass Storage device detected")));
        assertThat(stick.severity()).isEqualTo(Severity.LOW);
        assertThat(stick.techniques()).contains("T1052.001");
        assertThat(
                        Trial.last(
                                new HostChanges(),
                                List.of(
                                        line(
                                                1,
                                                "kernel",
                                                "usb",
                                                "message",
                                                "usb 1-3: Product: Optical Mouse"))))
                .isEmpty();
    }

    @Test
    void a_hole_in_a_steady_log_is_low_and_a_quiet_night_is_none() {
        List<LogEvent> steady = new ArrayList<>();
        List<LogEvent> office = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            double hole = i < 500 ? 0 : 7200;
            steady.add(line(i * 10 + hole, "auditd", "", "host.name", "web1"));
            office.add(line(i * 120 + i / 100 * 7200, "proxy", "", "host.name", "web1"));
        }
        Finding hole = Trial.one(new LogGaps(), steady);
        assertThat(hole.severity()).isEqualTo(Severity.LOW);
        assertThat(Trial.number(hole, "hole_seconds")).isEqualTo(7210);
        assertThat(Trial.last(new LogGaps(), office)).as("it has paused so before").isEmpty();
    }

    @Test
    void a_login_from_a_new_network_is_low_and_the_usual_ones_are_none() {
        List<LogEvent> lines = new ArrayList<>();
        for (int day = 0; day < 10; day++) {
            lines.add(sshd(day * 40_000, "192.0.2." + day, "ada", "success"));
            lines.add(sshd(day * 40_000 + 60, "10.0.0." + day, "ada", "success"));
        }
        assertThat(Trial.last(new NewPlaces(), lines)).isEmpty();
        lines.add(sshd(400_000, "203.0.113.9", "ada", "success"));
        Finding far = Trial.one(new NewPlaces(), lines);
        assertThat(far.severity()).isEqualTo(Severity.LOW);
        assertThat(far.title()).contains("ada at web1", "203.0.113.9");
    }
}
