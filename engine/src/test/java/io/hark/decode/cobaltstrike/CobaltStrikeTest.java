package io.hark.decode.cobaltstrike;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Secret;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CobaltStrikeTest {

    /// The pair that fox-it/dissect.cobaltstrike's tests and cs-extract-key agree on.
    @Test
    void session_keys_are_the_halves_of_a_digest() {
        byte[] random = HexFormat.of().parseHex("caeab4f452fe41182d504aa24966fbd0");
        Secret secret = new Secret("aes_rand", Secret.Kind.BYTES, Map.of("bytes", random));
        List<SessionKeys> keys =
                SessionKeys.all(kind -> kind == Secret.Kind.BYTES ? List.of(secret) : List.of());
        assertThat(HexFormat.of().formatHex(keys.getFirst().aes()))
                .isEqualTo("3342f45e6e2f71f5975c998600b11471");
        assertThat(HexFormat.of().formatHex(keys.getFirst().hmac()))
                .isEqualTo("7142dd70f4ec320badac8ca246a9488f");
    }

    @ParameterizedTest
    @CsvSource({
        "/aaa9, true", // 3 × 97 + 57 = 348, 92 modulo 256
        "/aaa:, true",
        "/aaa8, false",
        "/aaa9?x=1, true",
        "/, false",
    })
    void a_stagers_path_adds_up(String path, boolean stager) {
        assertThat(Sighting.isStager(path)).isEqualTo(stager);
    }

    @Test
    void frames_fill_a_body_or_there_are_none() {
        byte[] frame = new byte[4 + 48];
        frame[3] = 48;
        byte[] two = Arrays.copyOf(frame, 2 * frame.length);
        System.arraycopy(frame, 0, two, frame.length, frame.length);
        assertThat(Places.frames(frame)).hasSize(1);
        assertThat(Places.frames(two)).hasSize(2);
        assertThat(Places.frames(Arrays.copyOf(two, two.length - 1))).isEmpty();
        assertThat(Places.frames(Arrays.copyOf(two, two.length + 1))).isEmpty();
        assertThat(Places.frames(new byte[] {-1, -1, -1, -16})).isEmpty();
    }

    @Test
    void a_program_that_is_nothing_but_steps_ends() {
        byte[] program = new byte[4000];
        new Random(1).nextBytes(program);
        for (int i = 0; i < program.length; i += 4) {
            Arrays.fill(program, i, i + 3, (byte) 0);
            program[i + 3] = (byte) (1 + (i >> 2) % 16);
        }
        assertThat(Program.ofRequest(program).steps()).hasSizeLessThanOrEqualTo(64);
        assertThat(Program.ofResponse(program).response(new byte[10])).isNull();
    }

    @Test
    void octets_at_random_hold_no_configuration() {
        byte[] stage = new byte[300_000];
        new Random(1).nextBytes(stage);
        assertThat(Config.find(stage)).isNull();
        assertThat(Config.find(new byte[300_000])).isNull();
    }
}
