package io.hark.decode.shell;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Keyring;
import io.hark.Verdict;
import io.hark.carry.StreamPiece;
import io.hark.decode.Rehearsal;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShellsTest {

    private static final List<StreamPiece> BARE_SH =
            Rehearsal.dialogue(
                    "<id\n",
                    ">uid=33(www-data) gid=33(www-data) groups=33(www-data)\n",
                    "<pwd\n",
                    ">/var/www\n",
                    "<ls -la /tmp\n",
                    ">total 4\ndrwxrwxrwt 2 root root 4096 Jan  1 00:00 .\n",
                    "<cat /nothing\n",
                    "<exit\n");

    private static final List<StreamPiece> CMD =
            Rehearsal.dialogue(
                    ">Microsoft Windows [Version 10.0.19045.3803]\r\n"
                            + "(c) Microsoft Corporation. All rights reserved.\r\n\r\n"
                            + "C:\\Users\\eve>",
                    "<whoami\n",
                    ">whoami\r\ndesk\\eve\r\n\r\nC:\\Users\\eve>",
                    "<dir C:\\\n",
                    ">dir C:\\\r\n Volume in drive C has no label.\r\n\r\nC:\\Users\\eve>");

    @Test
    void a_bare_sh_is_told_by_commands_and_their_answers() {
        assertThat(Rehearsal.taste(new Shells(), BARE_SH)).isEqualTo(Verdict.YES);
        assertThat(read(BARE_SH).lines())
                .containsExactly(
                        "OPERATOR id",
                        "IMPLANT uid=33(www-data) gid=33(www-data) groups=33(www-data)",
                        "OPERATOR pwd",
                        "IMPLANT /var/www",
                        "OPERATOR ls -la /tmp",
                        "IMPLANT total 4\ndrwxrwxrwt 2 root root 4096 Jan  1 00:00 .",
                        "OPERATOR cat /nothing",
                        "OPERATOR exit");
    }

    @Test
    void cmd_is_told_by_its_banner_and_read_without_echo_and_prompt() {
        assertThat(Rehearsal.taste(new Shells(), CMD)).isEqualTo(Verdict.YES);
        assertThat(read(CMD).lines())
                .containsExactly(
                        "IMPLANT Microsoft Windows [Version 10.0.19045.3803]\n"
                                + "(c) Microsoft Corporation. All rights reserved.",
                        "OPERATOR whoami",
                        "IMPLANT desk\\eve",
                        "OPERATOR dir C:\\",
                        "IMPLANT  Volume in drive C has no label.");
    }

    @Test
    void a_bind_shell_has_its_implant_on_the_responder() {
        List<StreamPiece> bind =
                Rehearsal.dialogue(
                        "<sh: no job control in this shell\nsh-5.2$ ",
                        ">id\n",
                        "<uid=0(root) gid=0(root)\nsh-5.2$ ");
        assertThat(Rehearsal.taste(new Shells(), bind)).isEqualTo(Verdict.YES);
        assertThat(read(bind).lines())
                .containsExactly(
                        "IMPLANT sh: no job control in this shell",
                        "OPERATOR id",
                        "IMPLANT uid=0(root) gid=0(root)");
    }

    @Test
    void keystrokes_with_their_echo_are_one_line() {
        List<String> talk =
                new ArrayList<>(List.of(">bash: no job control in this shell\r\neve@desk:/tmp$ "));
        for (char c : "uname -a".toCharArray()) {
            talk.add("<" + c);
            talk.add(">" + c);
        }
        talk.addAll(
                List.of("<\r", ">\r\nLinux desk 6.1.0\r\n\u001b[01;32meve@desk\u001b[00m:/tmp$ "));
        List<StreamPiece> pty = Rehearsal.dialogue(talk.toArray(String[]::new));
        assertThat(Rehearsal.taste(new Shells(), pty)).isEqualTo(Verdict.YES);
        assertThat(read(pty).lines())
                .containsExactly(
                        "IMPLANT bash: no job control in this shell",
                        "OPERATOR uname -a",
                        "IMPLANT Linux desk 6.1.0");
    }

    @Test
    void an_answer_is_said_after_a_silence_and_not_held_for_the_next_command() {
        Rehearsal<ShellState> rehearsal = new Rehearsal<>(new Shells(), Keyring.EMPTY);
        CMD.subList(0, 3).forEach(rehearsal::play);
        Rehearsal<ShellState> idle = new Rehearsal<>(new Shells(), Keyring.EMPTY);
        CMD.subList(0, 3).forEach(piece -> idle.say(piece.side(), piece.bytes()));
        idle.pause(ShellReader.IDLE_NANOS + 1);
        assertThat(idle.lines()).hasSize(3).last().isEqualTo("IMPLANT desk\\eve");
    }

    @Test
    void a_listing_of_processes_is_not_taken_for_another_protocol() {
        List<StreamPiece> talk =
                Rehearsal.dialogue(
                        "<ps aux\n",
                        ">USER         PID %CPU %MEM COMMAND\nroot           1  0.0  0.1 init\n",
                        "<ls -la\n",
                        ">total 8\n-rw-r--r-- 1 root root 5 Jan  1 00:00 a\n");
        assertThat(Rehearsal.taste(new Shells(), talk)).isEqualTo(Verdict.YES);
        assertThat(read(talk).lines()).hasSize(4).startsWith("OPERATOR ps aux");
    }

    @Test
    void a_gap_is_said() {
        Rehearsal<ShellState> rehearsal = new Rehearsal<>(new Shells(), Keyring.EMPTY);
        BARE_SH.subList(0, 4).forEach(piece -> rehearsal.say(piece.side(), piece.bytes()));
        rehearsal.gap(Side.ORIGINATOR, 700).say(Side.ORIGINATOR, "rest\n").end();
        assertThat(rehearsal.lines())
                .contains("IMPLANT 700 bytes are missing here", "IMPLANT rest");
    }

    @Test
    void lines_are_the_same_however_the_bytes_are_cut() {
        List<String> whole = read(CMD).lines();
        for (long seed = 1; seed <= 50; seed++) {
            Random random = new Random(seed);
            Rehearsal<ShellState> cut = new Rehearsal<>(new Shells(), Keyring.EMPTY);
            for (StreamPiece piece : CMD) {
                for (int at = 0; at < piece.bytes().length; ) {
                    int end = Math.min(piece.bytes().length, at + 1 + random.nextInt(9));
                    cut.say(piece.side(), Arrays.copyOfRange(piece.bytes(), at, end));
                    at = end;
                }
            }
            assertThat(cut.end().lines()).as("seed %d", seed).isEqualTo(whole);
        }
    }

    @Test
    void flipped_bits_never_throw() {
        for (long seed = 1; seed <= 400; seed++) {
            Random random = new Random(seed);
            Rehearsal<ShellState> broken = new Rehearsal<>(new Shells(), Keyring.EMPTY);
            for (StreamPiece piece : seed % 2 == 0 ? CMD : BARE_SH) {
                byte[] bytes = piece.bytes().clone();
                for (int i = 0; i < 1 + bytes.length / 20; i++) {
                    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
                }
                broken.say(piece.side(), bytes);
            }
            assertThat(broken.end().said).as("seed %d", seed).isNotNull();
        }
    }

    static List<List<StreamPiece>> ordinaryTraffic() {
        return List.of(
                Rehearsal.dialogue(
                        "<220 mail.test ESMTP\r\n",
                        ">EHLO a.test\r\n",
                        "<250-mail.test\r\n250 HELP\r\n",
                        ">MAIL FROM:<a@b.test>\r\n"),
                Rehearsal.dialogue(
                        "<220 (vsFTPd 3.0.3)\r\n",
                        ">USER eve\r\n",
                        "<331 Please specify the password.\r\n",
                        ">PWD\r\n"),
                Rehearsal.dialogue(
                        ">NICK eve\r\nUSER eve 0 * :eve\r\n",
                        "<:irc.test 001 eve :Welcome\r\n",
                        ">PRIVMSG #a :ls -la\r\n"),
                Rehearsal.dialogue("<+OK ready\r\n", ">USER eve\r\n", "<+OK\r\n", ">LIST\r\n"),
                Rehearsal.dialogue(
                        "<\u00ff\u00fd\u0018\u00ff\u00fd\u0020router login: ",
                        ">eve\r\n",
                        "<Password: ",
                        ">x\r\n",
                        "<eve@router:~$ ",
                        ">ls\r\n"),
                Rehearsal.dialogue(
                        "<desk login: ",
                        ">eve\n",
                        "<eve@desk:~$ ",
                        ">id\n",
                        "<uid=0(root) gid=0(root)\neve@desk:~$ "),
                Rehearsal.dialogue(
                        ">set a 0 0 1\r\n1\r\n",
                        "<STORED\r\n",
                        ">get a\r\n",
                        "<VALUE a 0 1\r\n1\r\nEND\r\n",
                        ">set b 0 0 1\r\n2\r\n",
                        "<STORED\r\n"),
                Rehearsal.dialogue(
                        ">GET / HTTP/1.1\r\nHost: a.test\r\n\r\n",
                        "<HTTP/1.1 200 OK\r\n\r\nuid=0(root) gid=0(root)\n"),
                Rehearsal.dialogue(
                        ">*1\r\n$4\r\nPING\r\n",
                        "<+PONG\r\n",
                        ">*2\r\n$3\r\nGET\r\n$1\r\na\r\n",
                        "<$-1\r\n"),
                Rehearsal.dialogue(
                        ">hello\n", "<hi, who is there?\n", ">find me at nine\n", "<date it is\n"),
                Rehearsal.dialogue(">{\"cmd\":\"ls\"}\n", "<{\"ok\":true}\n"),
                Rehearsal.dialogue("<RFB 003.008\n", ">RFB 003.008\n"),
                Rehearsal.dialogue(
                        ">\u0000\u0000\u0000\u0010id\nwhoami\nls\n",
                        "<\u0000\u0000\u0000\u0020uid=0(root) gid=0(root)\n"
                                + "\u0001\u0002\u0003\u0004\u0005"),
                Rehearsal.dialogue(">ls\nid\nps aux\nwhoami\n"));
    }

    @ParameterizedTest
    @MethodSource("ordinaryTraffic")
    void ordinary_text_protocols_are_no_shell(List<StreamPiece> talk) {
        assertThat(Rehearsal.taste(new Shells(), talk)).isLessThanOrEqualTo(Verdict.MORE);
    }

    @Test
    void random_text_is_no_shell() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            StringBuilder left = new StringBuilder(">");
            StringBuilder right = new StringBuilder("<");
            for (int i = 0; i < 400; i++) {
                left.append((char) (' ' + random.nextInt(95)))
                        .append(random.nextInt(30) == 0 ? "\n" : "");
                right.append((char) (' ' + random.nextInt(95)))
                        .append(random.nextInt(30) == 0 ? "\n" : "");
            }
            assertThat(
                            Rehearsal.taste(
                                    new Shells(),
                                    Rehearsal.dialogue(left.toString(), right.toString())))
                    .isLessThanOrEqualTo(Verdict.MORE);
        }
    }

    private static Rehearsal<ShellState> read(List<StreamPiece> talk) {
        Rehearsal<ShellState> rehearsal = new Rehearsal<>(new Shells(), Keyring.EMPTY);
        talk.forEach(piece -> rehearsal.say(piece.side(), piece.bytes()));
        assertThat(new String(talk.getFirst().bytes(), StandardCharsets.ISO_8859_1)).isNotEmpty();
        return rehearsal.end();
    }
}
