package io.hark.collect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SyslogFramesTest {

    private static final int MOST = 40;

    /// What comes out of octets that come in pieces of that size.
    private static List<String> read(SyslogFrames frames, byte[] octets, int piece) {
        Messages messages = new Messages();
        for (int at = 0; at < octets.length; at += piece) {
            byte[] some = Arrays.copyOfRange(octets, at, Math.min(octets.length, at + piece));
            frames.take(some, some.length, messages);
        }
        frames.end(messages);
        List<String> read = new ArrayList<>();
        Messages.forEach(
                messages.take(),
                (all, from, length) ->
                        read.add(new String(all, from, length, StandardCharsets.UTF_8)));
        return read;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    <34>a\\n<34>b\\n              | <34>a;<34>b
                    <34>a\\r\\n\\n<34>b\\n       | <34>a\\r;\\r;<34>b
                    <34>a\\0<34>b\\0              | <34>a;<34>b
                    <34>a\\n<34>b                 | <34>a;<34>b
                    5 <34>a6 <34>bc               | <34>a;<34>bc
                    7 <34>a\\nb5 <34>c            | <34>a\\nb;<34>c
                    5 <34>a\\n5 <34>b\\n          | <34>a;<34>b
                    5 <34>axx\\n5 <34>b           | <34>a;xx;<34>b
                    9 <34>a                       | <34>a
                    2026-11-28 plain\\n           | 2026-11-28 plain
                    12 plain text\\n              | 12 plain text
                    1234567890 <34>a\\n           | 1234567890 <34>a
                    05 <34>a\\n                   | 05 <34>a
                    5  <34>a\\n                   | 5  <34>a
                    1 55 <34>a\\n                | 1 55 <34>a
                    """)
    void messages_are_told_apart_however_they_come(String octets, String messages) {
        byte[] raw = plain(octets).getBytes(StandardCharsets.UTF_8);
        List<String> expected =
                Arrays.stream(messages.split(";"))
                        .map(SyslogFramesTest::plain)
                        .filter(one -> !one.equals("\r"))
                        .toList();
        for (int piece = 1; piece <= raw.length; piece++) {
            assertThat(read(new SyslogFrames(MOST), raw, piece))
                    .as("in pieces of %d", piece)
                    .filteredOn(one -> !one.equals("\r"))
                    .isEqualTo(expected);
        }
    }

    private static String plain(String escaped) {
        return escaped.replace("\\n", "\n").replace("\\r", "\r").replace("\\0", "\0");
    }

    @Test
    void a_message_that_is_too_long_is_cut_and_counted_and_the_next_one_is_whole() {
        for (String octets :
                List.of(
                        "<34>" + "x".repeat(100) + "\n<34>b\n",
                        "104 <34>" + "x".repeat(100) + "5 <34>b")) {
            SyslogFrames frames = new SyslogFrames(MOST);
            assertThat(read(frames, octets.getBytes(StandardCharsets.UTF_8), 7))
                    .containsExactly("<34>" + "x".repeat(36), "<34>b");
            assertThat(frames.takeCut()).isEqualTo(1);
            assertThat(frames.takeCut()).isZero();
        }
    }

    @Test
    void a_length_that_is_missing_is_counted() {
        SyslogFrames frames = new SyslogFrames(MOST);
        read(frames, "5 <34>a<34>b\n5 <34>c".getBytes(StandardCharsets.UTF_8), 3);
        assertThat(frames.astray()).isEqualTo(1);
    }

    @Test
    void whatever_comes_ends_in_messages_no_longer_than_they_may_be() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            byte[] octets = new byte[random.nextInt(300)];
            for (int at = 0; at < octets.length; at++) {
                octets[at] = (byte) "0123456789 <>\n\0a".charAt(random.nextInt(16));
            }
            assertThat(read(new SyslogFrames(MOST), octets, 1 + random.nextInt(50)))
                    .as("seed %d", seed)
                    .allMatch(one -> !one.isEmpty() && one.length() <= MOST);
        }
    }
}
