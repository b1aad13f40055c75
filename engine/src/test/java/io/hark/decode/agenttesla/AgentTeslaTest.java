package io.hark.decode.agenttesla;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Decoder;
import io.hark.Keyring;
import io.hark.Verdict;
import io.hark.carry.FilePiece;
import io.hark.carry.Mail;
import io.hark.decode.Rehearsal;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Reports by mail and FTP, and mails that are none.
class AgentTeslaTest {

    private static final String HEAD =
            "Time: 09/21/2026 08:15:00<br>User Name: ann<br>Computer Name: DESK-1<br>OSFullName: Windows 10<br>";
    private static final String LOGIN =
            "<hr>Host:https://a.test<br>Username:ann<br>Password:tulip &amp; rose<br>Application:Firefox<br><hr>";

    private final AgentTesla decoder = new AgentTesla();

    private static Mail mail(String subject, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        List<Mail.Part> parts = List.of(new Mail.Part("", octets));
        return new Mail(
                1,
                "C1",
                Rehearsal.ID,
                "",
                0,
                "a@b.test",
                List.of("c@d.test"),
                subject,
                parts,
                true);
    }

    private static FilePiece file(String name, String text) {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        return new FilePiece(
                2, "C2", Rehearsal.ID, "", 0, Side.ORIGINATOR, "STOR", name, octets, true);
    }

    private int taste(Mail mail) {
        return decoder.taste(new Decoder.MailSeen(mail, true));
    }

    @Test
    void mail_and_upload_of_one_host_are_one_conversation() {
        Rehearsal<AgentTesla.Host> heard = new Rehearsal<>(decoder, Keyring.EMPTY);
        heard.play(mail("PW_ann/DESK-1", HEAD + LOGIN));
        heard.play(file("PW_ann-DESK-1_2026_09_21_08_20_00.html", HEAD + LOGIN));
        heard.play(file("SC_ann-DESK-1_2026_09_21_08_21_00.jpeg", "\u00ff\u00d8")).end();
        assertThat(heard.conversations()).isEqualTo(1);
        assertThat(heard.lines())
                .isEqualTo(
                        List.of(
                                "IMPLANT ann@DESK-1 Windows 10",
                                "IMPLANT login for https://a.test as ann, out of Firefox",
                                "IMPLANT login for https://a.test as ann, out of Firefox",
                                "IMPLANT a screenshot, 4 bytes"));
        assertThat(heard.said.get(1).fields())
                .anyMatch(
                        fact ->
                                fact.name().equals("password")
                                        && "tulip & rose".equals(fact.text()));
    }

    @Test
    void only_a_subject_and_a_text_of_its_shape_are_tasted_as_its_own() {
        assertThat(taste(mail("PW_ann/DESK-1", HEAD))).isEqualTo(Verdict.YES);
        assertThat(taste(mail("PW_ann/DESK-1", "the passwords of the club"))).isEqualTo(Verdict.NO);
        assertThat(taste(mail("Re: PW_ann/DESK-1", HEAD))).isEqualTo(Verdict.NO);
        assertThat(taste(mail("lunch", HEAD))).isEqualTo(Verdict.NO);
        assertThat(decoder.taste(new Decoder.FileSeen(file("PW_list.html", HEAD), true)))
                .isEqualTo(Verdict.NO);
    }

    @Test
    void what_is_cut_or_endless_is_survived() {
        Rehearsal<AgentTesla.Host> heard = new Rehearsal<>(decoder, Keyring.EMPTY);
        heard.play(mail("KL_ann/DESK-1", HEAD + "<hr>" + "x<br>".repeat(1 << 16)));
        heard.play(mail("PW_ann/DESK-1", HEAD + "<hr>Password:".repeat(1 << 14)));
        heard.play(file("CO_ann-DESK-1_2026_09_21_08_21_00.zip", "")).end();
        assertThat(heard.said).hasSizeLessThan(1100);
    }
}
