package io.hark.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextBufferTest {

    private static final DateTimeFormatter JDK =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private static String time(long nanos) {
        return new TextBuffer(1).time(nanos).toString();
    }

    @Test
    void times_are_the_calendar_s() {
        assertThat(time(0)).isEqualTo("1970-01-01T00:00:00.000000");
        assertThat(time(-1)).isEqualTo("1969-12-31T23:59:59.999999");
        assertThat(time(951_782_400_123_456_789L)).isEqualTo("2000-02-29T00:00:00.123456");
        for (long nanos : List.of(Long.MIN_VALUE, Long.MAX_VALUE)) {
            assertThat(time(nanos)).isEqualTo(jdk(nanos));
        }
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long nanos = random.nextLong();
            assertThat(time(nanos)).isEqualTo(jdk(nanos));
        }
    }

    private static String jdk(long nanos) {
        return JDK.format(
                Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L),
                        Math.floorMod(nanos, 1_000_000_000L)));
    }

    @Test
    void characters_are_utf_8_and_lone_surrogates_are_replaced() {
        assertThat(new TextBuffer(1).json("a\u00e9\u20ac\ud83d\ude00\ud800").toString())
                .isEqualTo("\"a\u00e9\u20ac\ud83d\ude00\ufffd\"");
        assertThat(new TextBuffer(1).hex(0x1f, 4).escaped(0x9b).toString()).isEqualTo("001f\\x9b");
    }
}
