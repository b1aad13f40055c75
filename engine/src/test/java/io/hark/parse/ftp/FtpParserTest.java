package io.hark.parse.ftp;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Driver;
import io.hark.Script;
import io.hark.TestConnection;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Ftp;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FtpParserTest {

    private static final Addr SERVER = TestConnection.ENDPOINTS.resp_h();
    private static final Addr CLIENT = TestConnection.ENDPOINTS.orig_h();

    private static Script login(String user) {
        return new Script()
                .responder("220 FTP ready\r\n")
                .originator("USER " + user + "\r\n")
                .responder("331 Password?\r\n")
                .originator("PASS s3cret\r\n")
                .responder("230-Welcome\r\n 220 things to read\r\n230 Logged in\r\n");
    }

    private static List<Ftp> run(Script script) {
        return Driver.torture(new FtpControl(), script.steps(), 60).events(Ftp.class);
    }

    @Test
    void a_passive_download_is_announced_and_shown() {
        Script script =
                login("alice")
                        .originator("CWD /pub\r\n")
                        .responder("250 ok\r\n")
                        .originator("PASV\r\n")
                        .responder("227 Entering Passive Mode (192,0,2,1,156,64).\r\n")
                        .originator("RETR a.txt\r\n")
                        .responder(
                                "150 Opening BINARY mode data connection for a.txt (77 bytes).\r\n")
                        .responder("226 Transfer complete.\r\n");
        TestConnection connection = Driver.torture(new FtpControl(), script.steps(), 60);
        assertThat(connection.confirmed).isTrue();
        assertThat(connection.anomalies).isEmpty();
        assertThat(connection.expected)
                .singleElement()
                .satisfies(
                        expected -> {
                            assertThat(expected.host()).isEqualTo(SERVER);
                            assertThat(expected.port()).isEqualTo(40_000);
                            assertThat(expected.parser()).isEqualTo("ftp-data");
                            assertThat(expected.context()).isInstanceOf(FtpTransfer.class);
                        });
        List<Ftp> events = connection.events(Ftp.class);
        assertThat(events).extracting(Ftp::command).containsExactly("PASV", "RETR");
        assertThat(events).extracting(Ftp::user).containsOnly("alice");
        assertThat(events).extracting(Ftp::password).containsOnly("<hidden>");
        assertThat(events.getFirst())
                .satisfies(
                        pasv -> {
                            assertThat(pasv.passive()).isTrue();
                            assertThat(pasv.data_orig_h()).isEqualTo(CLIENT);
                            assertThat(pasv.data_resp_h()).isEqualTo(SERVER);
                            assertThat(pasv.data_resp_p()).isEqualTo(40_000);
                        });
        assertThat(events.getLast())
                .satisfies(
                        retr -> {
                            assertThat(retr.arg()).isEqualTo("ftp://192.0.2.1/pub/a.txt");
                            assertThat(retr.file_size()).isEqualTo(77);
                            assertThat(retr.reply_code()).isEqualTo(226);
                            assertThat(retr.reply_msg()).isEqualTo("Transfer complete.");
                            assertThat(retr.passive()).isNull();
                        });
    }

    @Test
    void a_line_too_long_is_cut_and_what_comes_behind_it_is_read() {
        Script script =
                login("alice")
                        .originator("RETR " + "A".repeat(40_000) + "\r\n")
                        .responder("500 too long\r\n")
                        .originator("RETR index.html\r\n")
                        .responder("550 no\r\n");
        TestConnection connection = Driver.torture(new FtpControl(), script.steps(), 20);
        assertThat(connection.events(Ftp.class))
                .extracting(Ftp::reply_code)
                .containsExactly(500, 550);
        assertThat(connection.events(Ftp.class).getLast().arg()).endsWith("/index.html");
    }

    @Test
    void the_control_connection_learns_of_the_file() {
        TestConnection control = new TestConnection();
        FtpTransfer transfer = new FtpTransfer();
        transfer.filename = "a.txt";
        TestConnection data = new TestConnection();
        data.context = transfer;
        Script script =
                new Script()
                        .responder("first ")
                        .gap(Side.RESPONDER, 5)
                        .responder("last")
                        .end(Side.RESPONDER);
        Driver.run(new FtpData(), script.steps(), data);
        assertThat(data.confirmed).isTrue();
        assertThat(data.bodies)
                .singleElement()
                .satisfies(
                        body -> {
                            assertThat(body.text()).isEqualTo("first last");
                            assertThat(body.missing()).isEqualTo(5);
                            assertThat(body.hasEnded()).isTrue();
                        });
        assertThat(transfer.body).isSameAs(data.bodies.getFirst());
        assertThat(control.bodies).isEmpty();
    }

    @Test
    void a_data_connection_is_one_body_however_it_is_cut() {
        Script script =
                new Script()
                        .originator("some\nlines\r\nand more")
                        .end(Side.ORIGINATOR)
                        .end(Side.RESPONDER);
        TestConnection connection = Driver.torture(new FtpData(), script.steps(), 100);
        assertThat(connection.bodies)
                .singleElement()
                .matches(body -> body.text().equals("some\nlines\r\nand more"));
        assertThat(connection.anomalies).isEmpty();
    }

    @Test
    void nothing_is_taken_for_a_data_connection_by_its_looks() {
        assertThat(new FtpData().probe(Bytes.of(new byte[] {1}), Side.RESPONDER))
                .isEqualTo(Verdict.NO);
    }

    @Test
    void an_active_connection_is_announced_with_the_command() {
        Script script =
                login("Anonymous")
                        .originator("PORT 10,0,0,1,4,1\r\n")
                        .responder("200 ok\r\n")
                        .originator("EPRT |2|2001:db8::1|1026|\r\n")
                        .responder("200 ok\r\n");
        TestConnection connection = Driver.run(new FtpControl(), script.steps());
        assertThat(connection.expected)
                .extracting(TestConnection.Expected::port)
                .containsExactly(1025, 1026);
        assertThat(connection.expected.get(1).context())
                .isNull(); // another host's: perhaps another worker's
        assertThat(connection.events(Ftp.class))
                .satisfiesExactly(
                        port -> {
                            assertThat(port.arg()).isEqualTo("10,0,0,1,4,1");
                            assertThat(port.passive()).isFalse();
                            assertThat(port.data_orig_h()).isEqualTo(SERVER);
                            assertThat(port.data_resp_h()).isEqualTo(CLIENT);
                            assertThat(port.password()).isEqualTo("s3cret");
                        },
                        eprt ->
                                assertThat(eprt.data_resp_h())
                                        .isEqualTo(Addr.parse("2001:db8::1")));
    }

    @Test
    void a_server_that_names_an_address_behind_translation_is_expected_at_both() {
        Script script =
                login("u")
                        .originator("PASV\r\n")
                        .responder("227 =192,168,1,2,4,1\r\n")
                        .originator("EPSV\r\n")
                        .responder("229 Entering (|||1026|)\r\n");
        TestConnection connection = Driver.run(new FtpControl(), script.steps());
        assertThat(connection.expected)
                .extracting(TestConnection.Expected::host)
                .containsExactly(Addr.parse("192.168.1.2"), SERVER, SERVER);
    }

    @Test
    void replies_to_commands_sent_ahead_find_their_command() {
        Script script =
                login("u")
                        .originator("PASV\r\nRETR a\r\nDELE b\r\nQUIT\r\n")
                        .responder(
                                "227 =192,0,2,1,4,1\r\n150 here\r\n426 broken\r\n250 gone\r\n221 bye\r\n");
        assertThat(run(script))
                .extracting(Ftp::command, Ftp::reply_code)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("PASV", 227),
                        org.assertj.core.groups.Tuple.tuple("RETR", 426),
                        org.assertj.core.groups.Tuple.tuple("DELE", 250));
    }

    @Test
    void a_command_without_a_reply_is_shown_at_the_end() {
        assertThat(run(login("u").originator("DELE x\r\n")))
                .singleElement()
                .matches(event -> event.reply_code() == null);
    }

    @Test
    void after_auth_tls_nothing_is_read() {
        Script script =
                new Script()
                        .responder("220 FTP\r\n")
                        .originator("AUTH TLS\r\n")
                        .responder("234 go\r\n")
                        .originator("DELE x\r\n\u0016\u0003\u0001")
                        .responder("250 ok\r\n");
        assertThat(run(script)).isEmpty();
    }

    @Test
    void a_size_asked_for_is_known_to_the_download() {
        Script script =
                login("u")
                        .originator("SIZE a\r\n")
                        .responder("213 34826629\r\n")
                        .originator("RETR a\r\n")
                        .responder("150 here it comes\r\n")
                        .responder("226 ok\r\n");
        assertThat(run(script))
                .singleElement()
                .matches(event -> event.file_size() != null && event.file_size() == 34_826_629L);
    }

    @Test
    void what_is_too_long_or_no_command_is_an_anomaly() {
        Script script =
                login("u")
                        .originator("X".repeat(101) + " a\r\n")
                        .responder("500 what\r\n")
                        .originator("\u0001\u0002\u0003\r\n")
                        .originator("DELE " + "d".repeat(5000) + "\r\n");
        TestConnection connection = Driver.run(new FtpControl(), script.steps());
        assertThat(connection.anomalies)
                .containsExactly(
                        "FTP_max_command_length_exceeded: 101",
                        "FTP_invalid_command",
                        "FTP_arg_too_long: 5000");
        Script many = login("u");
        for (int i = 0; i < FtpSession.MAX_PENDING + 1; i++) {
            many.originator("DELE x\r\n");
        }
        assertThat(Driver.run(new FtpControl(), many.steps()).anomalies)
                .containsExactly("FTP_too_many_pending_commands: 20");
    }

    @Test
    void mail_is_not_taken_for_files() {
        assertThat(probe("220 mx.example ESMTP ready\r\n", Side.RESPONDER)).isEqualTo(Verdict.NO);
        assertThat(probe("220 ftp.example FTP\r\n", Side.RESPONDER)).isEqualTo(Verdict.YES);
        assertThat(probe("220 ready\r\n", Side.RESPONDER)).isEqualTo(Verdict.MAYBE);
        assertThat(probe("220 rea", Side.RESPONDER)).isEqualTo(Verdict.MORE);
        assertThat(probe("GET / HTTP/1.1\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        assertThat(probe("EHLO x\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.NO);
        assertThat(probe("PASV\r\n", Side.ORIGINATOR)).isEqualTo(Verdict.MAYBE);
        TestConnection connection =
                Driver.run(
                        new FtpControl(),
                        new Script()
                                .responder("220 x\r\n")
                                .originator("EHLO y\r\n")
                                .responder("250 x\r\n")
                                .steps());
        assertThat(connection.confirmed).isFalse();
    }

    @Test
    void a_session_is_taken_from_its_middle() {
        assertThat(probe("227 Entering Passive Mode (1,2,3,4,5,6)\r\n", Side.RESPONDER))
                .isPositive();
        TestConnection connection = new TestConnection();
        connection.midstream = true;
        Script script =
                new Script()
                        .originator("PASV\r\n")
                        .responder("227 =192,0,2,1,4,1\r\n")
                        .originator("CWD /\r\n");
        assertThat(Driver.run(new FtpControl(), script.steps(), connection).events(Ftp.class))
                .singleElement()
                .matches(event -> event.user().equals("<unknown>") && event.reply_code() == 227);
        assertThat(connection.confirmed).isTrue();
    }

    private static int probe(String text, Side side) {
        return new FtpControl().probe(Bytes.of(text.getBytes(StandardCharsets.ISO_8859_1)), side);
    }

    @ParameterizedTest
    @CsvSource({
        ".,robots.txt,./robots.txt",
        ".,'',.",
        "/pub,a,/pub/a",
        "/pub/x,../a,/pub/a",
        "/,samba/.,/samba",
        "/pub,/etc/passwd,/etc/passwd",
        "/,../../a,/a",
        ".,../a,./../a",
        "/a,b//c/./d,/a/b/c/d"
    })
    void paths_are_resolved(String directory, String name, String path) {
        assertThat(FtpPath.resolve(directory, name)).isEqualTo(path);
    }

    @Test
    void quotes_in_quoted_paths_are_doubled() {
        assertThat(FtpPath.quoted("\"/a \"\"b\"\"\" is here")).isEqualTo("/a \"b\"");
        assertThat(FtpPath.quoted("none")).isEmpty();
    }
}
