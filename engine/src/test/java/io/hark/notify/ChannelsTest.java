package io.hark.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.config.NotifyTarget.Command;
import io.hark.config.NotifyTarget.Kind;
import io.hark.config.NotifyTarget.Mail;
import io.hark.config.NotifyTarget.Mail.Security;
import io.hark.config.NotifyTarget.Syslog;
import io.hark.config.NotifyTarget.Webhook;
import io.hark.event.Finding.Severity;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Each way to tell somebody, against a server in this process.
class ChannelsTest {

    private static final String HERE = "127.0.0.1";
    private static final Instant NOW = Instant.parse("2026-11-28T10:00:00Z");
    private static final Notice NOTICE =
            Notice.of(Found.finding("f1", Severity.HIGH, Found.HOSTILE, "10.0.0.5"), NOW);

    @TempDir private Path dir = Path.of("");

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    // ---- syslog

    @Test
    void a_datagram_of_syslog_is_one_line_of_rfc_5424() throws Exception {
        try (DatagramSocket ear = new DatagramSocket(0, InetAddress.getByName(HERE))) {
            new SyslogChannel(new Syslog(Kind.SYSLOG_UDP, HERE, ear.getLocalPort(), null))
                    .send(NOTICE);
            DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
            ear.receive(packet);
            String line =
                    new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
            assertThat(line)
                    .matches(
                            "<131>1 2026-11-28T10:00:00Z [!-~]+ hark [0-9]+ finding \\[hark@32473"
                                    + " id=\"f1-high\" severity=\"high\"] hark high: .*")
                    .doesNotContain("\r", "\n", "\u001b", "\u202e");
            assertThat(packet.getLength()).isLessThanOrEqualTo(2048);
        }
    }

    @Test
    void a_stream_of_syslog_has_its_length_in_front_also_in_tls() throws Exception {
        TestTls tls = TestTls.make(dir);
        try (Ears open = Ears.of(Ears.all());
                Ears secret = Ears.of(Ears.secret(tls.server()))) {
            new SyslogChannel(new Syslog(Kind.SYSLOG_TCP, HERE, open.port(), null)).send(NOTICE);
            new SyslogChannel(new Syslog(Kind.SYSLOG_TLS, HERE, secret.port(), tls.certificate()))
                    .send(NOTICE);
            for (Ears ears : List.of(open, secret)) {
                String frame = ears.next();
                int space = frame.indexOf(' ');
                assertThat(frame.substring(space + 1).getBytes(StandardCharsets.UTF_8))
                        .hasSize(Integer.parseInt(frame.substring(0, space)));
                assertThat(frame).contains("hark high: x\\r\\nBcc").doesNotContain("\n");
            }
        }
    }

    @Test
    void a_server_that_nobody_vouches_for_is_told_nothing() throws Exception {
        TestTls tls = TestTls.make(dir);
        try (Ears secret = Ears.of(Ears.secret(tls.server()))) {
            Syslog target = new Syslog(Kind.SYSLOG_TLS, HERE, secret.port(), null);
            assertThatThrownBy(() -> new SyslogChannel(target).send(NOTICE))
                    .isInstanceOf(IOException.class);
            assertThat(secret.next()).doesNotContain("hark high");
        }
    }

    // ---- webhook

    @Test
    void a_webhook_gets_json_with_a_signature_that_can_be_checked() throws Exception {
        Path secret = Files.writeString(dir.resolve("secret"), "s3cret\n");
        try (Ears ears = Ears.of(Ears.http(204))) {
            new WebhookChannel(new Webhook(url(ears), secret, null)).send(NOTICE);
            String request = ears.next();
            String body = request.substring(request.indexOf("\r\n\r\n") + 4);
            Matcher signature =
                    Pattern.compile("(?i)hark-signature: t=([0-9]+),v1=([0-9a-f]{64})\r\n")
                            .matcher(request);
            assertThat(signature.find()).as(request).isTrue();
            // by openssl: printf '%s' "$t.$body" | openssl dgst -sha256 -hmac s3cret
            assertThat(WebhookChannel.signature("s3cret", 1, "{}"))
                    .isEqualTo("3aef069923b329162e71de34136b0ef6ee4b9253867069748da3fc3680c71406");
            assertThat(signature.group(2))
                    .isEqualTo(
                            WebhookChannel.signature(
                                    "s3cret", Long.parseLong(signature.group(1)), body));
            assertThat(request.substring(0, request.indexOf("\r\n\r\n")))
                    .contains("f1-high", "application/json")
                    .doesNotContain("Bcc");
            assertThat(json(body).get("type").asString()).isEqualTo("finding");
            assertThat(json(body).get("finding").get("title").asString()).isEqualTo(Found.HOSTILE);
        }
    }

    @Test
    void a_webhook_that_refuses_or_leads_elsewhere_has_nothing() throws Exception {
        for (int status : new int[] {500, 302, 404}) {
            try (Ears ears = Ears.of(Ears.http(status))) {
                WebhookChannel channel = new WebhookChannel(new Webhook(url(ears), null, null));
                assertThatThrownBy(() -> channel.send(NOTICE)).hasMessage("answered " + status);
            }
        }
    }

    private static URI url(Ears ears) {
        return URI.create("http://" + HERE + ":" + ears.port() + "/hook");
    }

    // ---- mail

    private Mail mail(Ears ears, Security security, @Nullable String user, @Nullable Path trust)
            throws IOException {
        Path password = Files.writeString(dir.resolve("password"), "pässword\n");
        return new Mail(
                HERE,
                ears.port(),
                security,
                "hark@example.org",
                List.of("one@example.org", "two@example.org"),
                user,
                user == null ? null : password,
                trust);
    }

    @Test
    void no_text_of_a_stranger_gets_into_headers_or_ends_a_mail() throws Exception {
        try (Ears ears = Ears.of(Ears.smtp(null))) {
            new MailChannel(mail(ears, Security.NONE, null, null)).send(NOTICE);
            String said = ears.next();
            assertThat(said.lines().filter(line -> line.startsWith("RCPT TO:")))
                    .containsExactly("RCPT TO:<one@example.org>", "RCPT TO:<two@example.org>");
            assertThat(said.lines().filter(line -> line.startsWith("MAIL FROM:"))).hasSize(1);
            assertThat(said.lines().filter(line -> line.equals("."))).hasSize(1);
            String head = said.substring(said.indexOf("Date:"), said.indexOf("\n\n"));
            assertThat(head).doesNotContain("Bcc").contains("Auto-Submitted: auto-generated");
            assertThat(head.lines().filter(line -> !line.startsWith(" ")))
                    .allMatch(line -> line.matches("[A-Za-z-]+: .*"))
                    .allMatch(line -> line.length() <= 78);
            assertThat(subject(head)).startsWith("hark high: x\\r\\nBcc: all@example.org");
            String body =
                    said.substring(said.indexOf("\n\n") + 2, said.indexOf("\n.\n"))
                            .replace("\n", "");
            assertThat(new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8))
                    .contains("10.0.0.5 → 203.0.113.7 port 443")
                    .doesNotContain("\r\nBcc");
        }
    }

    private static String subject(String head) {
        return Pattern.compile("=\\?UTF-8\\?B\\?([^?]*)\\?=")
                .matcher(head)
                .results()
                .map(word -> Base64.getDecoder().decode(word.group(1)))
                .map(octets -> new String(octets, StandardCharsets.UTF_8))
                .collect(Collectors.joining());
    }

    @Test
    void a_password_goes_only_through_tls() throws Exception {
        TestTls tls = TestTls.make(dir);
        try (Ears ears = Ears.of(Ears.smtp(tls.server()))) {
            new MailChannel(mail(ears, Security.STARTTLS, "jane", tls.certificate())).send(NOTICE);
            List<String> said = ears.next().lines().toList();
            String login =
                    Base64.getEncoder()
                            .encodeToString("\0jane\0pässword".getBytes(StandardCharsets.UTF_8));
            assertThat(said).contains("AUTH PLAIN " + login);
            assertThat(said.indexOf("AUTH PLAIN " + login)).isGreaterThan(said.indexOf("STARTTLS"));
        }
    }

    @Test
    void without_starttls_nothing_is_said_but_the_greeting() throws Exception {
        try (Ears ears = Ears.of(Ears.smtp(null))) {
            MailChannel channel = new MailChannel(mail(ears, Security.STARTTLS, "jane", null));
            assertThatThrownBy(() -> channel.send(NOTICE)).hasMessage("the server has no STARTTLS");
            assertThat(ears.next()).isEqualTo("EHLO hark.invalid");
        }
    }

    @Test
    void a_server_that_refuses_has_no_mail() throws Exception {
        try (Ears ears =
                Ears.of(
                        socket -> {
                            socket.getOutputStream()
                                    .write(
                                            "554 \u0007go away\r\n"
                                                    .getBytes(StandardCharsets.US_ASCII));
                            return "";
                        })) {
            MailChannel channel = new MailChannel(mail(ears, Security.NONE, null, null));
            assertThatThrownBy(() -> channel.send(NOTICE))
                    .hasMessage("greeting: answered 554 go away");
        }
    }

    // ---- command

    private Path script(String text) throws IOException {
        Path script = Files.writeString(dir.resolve("script"), "#!/bin/sh\n" + text);
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return script;
    }

    @Test
    void a_command_gets_one_line_of_json_and_its_own_arguments() throws Exception {
        Path got = dir.resolve("got");
        Path script = script("echo \"$#:$1\" > " + got + "\ncat >> " + got + "\n");
        new CommandChannel(
                        new Command(List.of(script.toString(), "$(id); *"), Duration.ofMinutes(1)))
                .send(NOTICE);
        List<String> lines = Files.readAllLines(got);
        assertThat(lines).hasSize(2);
        assertThat(lines.getFirst()).isEqualTo("1:$(id); *");
        assertThat(json(lines.getLast()).get("finding").get("title").asString())
                .isEqualTo(Found.HOSTILE);
    }

    @Test
    void a_command_that_fails_or_does_not_end_has_nothing() throws Exception {
        Path fails = script("exit 3\n");
        assertThatThrownBy(
                        () ->
                                new CommandChannel(
                                                new Command(
                                                        List.of(fails.toString()),
                                                        Duration.ofMinutes(1)))
                                        .send(NOTICE))
                .hasMessage("ended with status 3");
        assertThatThrownBy(
                        () ->
                                new CommandChannel(
                                                new Command(
                                                        List.of("sleep", "600"),
                                                        Duration.ofMillis(50)))
                                        .send(NOTICE))
                .hasMessageContaining("not done after");
    }
}
