package io.hark.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.UserError;
import io.hark.config.NotifyTarget.Command;
import io.hark.config.NotifyTarget.Kind;
import io.hark.config.NotifyTarget.Mail;
import io.hark.config.NotifyTarget.Syslog;
import io.hark.config.NotifyTarget.Webhook;
import io.hark.event.Finding.Severity;
import io.hark.schema.Prefix;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NotifyPartTest {

    private static final String WHOLE =
            """
            notify:
              spool: waiting
              give-up: 6h
              targets:
                - {name: siem, kind: syslog-tls, address: siem.example, authorities: ca.pem, severity: low}
                - {name: udp, kind: syslog-udp, address: 192.0.2.1, port: 1514}
                - {name: hook, kind: webhook, url: "https://hooks.example/x", secret: hook.secret}
                - name: mail
                  kind: mail
                  address: mail.example
                  security: tls
                  from: hark@example.org
                  to: [one@example.org, two@example.org]
                  user: jane
                  password: mail.password
                - name: page
                  kind: command
                  command: [/bin/page, --team, blue]
                  timeout: 5s
                  detectors: [tripwires]
                  hosts: 10.9.0.0/16
                  per-minute: 2
            """;

    @TempDir private Path dir = Path.of("");

    private NotifyConfig read(String text) throws IOException {
        return HarkConfig.read(Files.writeString(dir.resolve("hark.yaml"), text)).notices();
    }

    @Test
    void everything_that_may_stand_in_it_is_read() throws IOException {
        NotifyConfig config = read(WHOLE);
        assertThat(config.spool()).isEqualTo(dir.resolve("waiting"));
        assertThat(config.giveUp()).isEqualTo(Duration.ofHours(6));
        assertThat(config.targets().stream().map(NotifyTarget::by))
                .containsExactly(
                        new Syslog(Kind.SYSLOG_TLS, "siem.example", 6514, dir.resolve("ca.pem")),
                        new Syslog(Kind.SYSLOG_UDP, "192.0.2.1", 1514, null),
                        new Webhook(
                                URI.create("https://hooks.example/x"),
                                dir.resolve("hook.secret"),
                                null),
                        new Mail(
                                "mail.example",
                                465,
                                Mail.Security.TLS,
                                "hark@example.org",
                                List.of("one@example.org", "two@example.org"),
                                "jane",
                                dir.resolve("mail.password"),
                                null),
                        new Command(List.of("/bin/page", "--team", "blue"), Duration.ofSeconds(5)));
        assertThat(config.targets().getFirst().severity()).isEqualTo(Severity.LOW);
        NotifyTarget page = config.targets().getLast();
        assertThat(page.severity()).isEqualTo(Severity.HIGH);
        assertThat(page.detectors()).containsExactly("tripwires");
        assertThat(page.hosts())
                .containsExactly(Objects.requireNonNull(Prefix.parse("10.9.0.0/16")));
        assertThat(page.perMinute()).isEqualTo(2);
    }

    @Test
    void without_it_nobody_is_told() throws IOException {
        assertThat(read("collect: {}").targets()).isEmpty();
        assertThat(read("notify: {spool: x}").giveUp()).isEqualTo(Duration.ofDays(3));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {name: a, kind: post}                                          | line 4: 'kind' is one of syslog-udp
                    {name: a, kind: webhook, url: "ftp://x/"}                      | line 4: 'ftp://x/' is no URL
                    {name: a, kind: webhook, url: "https://x/", to: b@c}           | line 4: a target of webhook has no 'to'
                    {name: ../a, kind: command, command: x}                        | line 4: '../a' is no name
                    {name: a, kind: command}                                       | line 4: 'command' needs a program
                    {name: a, kind: mail, address: x, from: a@b, to: "c@d> x"}     | line 4: 'c@d> x' is no mail address
                    {name: a, kind: mail, address: x, from: a@b}                   | line 4: 'to' needs a mail address
                    {name: a, kind: mail, address: x, from: a@b, to: c@d, user: u} | line 4: 'user' and 'password' go together
                    {name: a, kind: mail, address: x, from: a@b, to: c@d, user: u, password: p, security: none} | line 4: a password is not sent in the clear
                    {name: a, kind: syslog-udp, address: x, severity: bad}         | line 4: 'severity' is one of low
                    {name: a, kind: syslog-udp, address: x, hosts: 10/x}           | line 4: '10/x' is no network
                    """)
    void what_is_wrong_is_said_with_its_line(String target, String said) {
        assertThatThrownBy(() -> read("notify:\n  spool: x\n  targets:\n    - " + target))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(said);
    }

    @Test
    void targets_need_a_spool_and_names_of_their_own() {
        assertThatThrownBy(() -> read("notify:\n  targets: [{name: a, kind: command, command: x}]"))
                .hasMessageContaining("'spool' is missing");
        assertThatThrownBy(
                        () ->
                                read(
                                        """
                                        notify:
                                          spool: x
                                          targets:
                                            - {name: a, kind: command, command: x}
                                            - {name: a, kind: command, command: y}
                                        """))
                .hasMessageContaining("line 5: there is a target 'a' already");
    }
}
