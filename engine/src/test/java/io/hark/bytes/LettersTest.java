package io.hark.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LettersTest {

    private final Letters letters = new Letters("abc");

    @Test
    void a_run_is_found_where_it_begins_and_ends() {
        byte[] octets = "ab-abcc-".getBytes(StandardCharsets.US_ASCII);
        assertThat(letters.run(octets, 0, 3)).isEqualTo(3);
        assertThat(letters.end(octets, 3)).isEqualTo(7);
        assertThat(letters.run(octets, 7, 3)).isEqualTo(-1);
        assertThat(letters.run(octets, 0, 9)).isEqualTo(-1);
    }

    @Test
    void passing_over_octets_misses_no_run() {
        long seed = 4;
        Random random = new Random(seed);
        for (int round = 0; round < 2000; round++) {
            byte[] octets = new byte[random.nextInt(40)];
            for (int i = 0; i < octets.length; i++) {
                octets[i] = (byte) "abcccc-".charAt(random.nextInt(7));
            }
            int least = 1 + random.nextInt(8);
            assertThat(letters.run(octets, 0, least))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(firstRun(octets, least));
        }
    }

    private int firstRun(byte[] octets, int least) {
        int from = 0;
        for (int i = 0; i <= octets.length; i++) {
            if (i < octets.length && letters.has(octets[i])) {
                if (i + 1 - from >= least) {
                    return from;
                }
            } else {
                from = i + 1;
            }
        }
        return -1;
    }
}
