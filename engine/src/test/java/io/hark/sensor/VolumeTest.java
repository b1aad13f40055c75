package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VolumeTest {

    private static final long SECOND = 1_000_000_000L;

    @Test
    void bytes_are_spread_over_the_duration() {
        Volume volume = new Volume();

        volume.add(10 * SECOND, 10 * SECOND + SECOND / 10, "http", 1_000);

        long[] row = volume.bytes().getOrDefault("http", new long[0]);
        assertThat(Arrays.stream(row).sum()).isEqualTo(1_000);
        assertThat(row[0]).isBetween(9L, 11L);
        assertThat(volume.fromNanos()).isEqualTo(10 * SECOND);
    }

    @Test
    void whatever_the_times_nothing_is_lost_and_the_memory_is_the_same() {
        long seed = 7;
        Random random = new Random(seed);
        Volume volume = new Volume();
        long bytes = 0;
        for (int i = 0; i < 2_000; i++) {
            long from = Math.abs(random.nextLong()) >>> random.nextInt(1, 60);
            long to = from + (random.nextLong(SECOND) << random.nextInt(20));
            volume.add(from, to, "s" + i % 50, i);
            bytes += i;
        }

        assertThat(volume.size()).isBetween(80, 400);
        assertThat(volume.bytes()).hasSizeLessThan(40);
        assertThat(volume.bytes().values().stream().flatMapToLong(Arrays::stream).sum())
                .as("seed %s", seed)
                .isEqualTo(bytes);
        assertThat(Arrays.stream(volume.begun()).sum()).isEqualTo(2_000);
    }
}
