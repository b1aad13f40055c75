package io.hark.parse.quic;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// RFC 9000 §19.
class FramesTest {

    private final List<String> told = new ArrayList<>();
    private final Frames.Taker taker =
            new Frames.Taker() {
                @Override
                public void crypto(long offset, Bytes in, int length) {
                    told.add("crypto " + offset + " " + length);
                }

                @Override
                public void stream(long id, long offset, boolean ends, Bytes in, int length) {
                    told.add("stream " + id + " " + offset + " " + length + (ends ? " ends" : ""));
                }

                @Override
                public void reset(long id, long size) {
                    told.add("reset " + id + " " + size);
                }

                @Override
                public void closes() {
                    told.add("closes");
                }
            };

    private Bytes read(String hex) {
        return read(hex, false);
    }

    private Bytes read(String hex, boolean isGoogles) {
        Bytes in = Bytes.of(HexFormat.of().parseHex(hex.replace(" ", "")));
        Frames.read(in, isGoogles, taker);
        return in;
    }

    @Test
    void each_frame_is_stepped_over_to_the_next() {
        String acknowledged = "02 05 00 01 00 00 00" + "03 05 00 00 00 01 02 03";
        String limits =
                "05 00 01" + "10 05" + "11 00 05" + "12 05" + "14 05" + "15 00 05" + "17 05";
        String ids = "18 01 00 02 aabb 00112233445566778899aabbccddeeff" + "19 00";
        String others = "01 00 07 01 aa 1a 0011223344556677 1b 0011223344556677 1e 31 01 aa";

        Bytes in = read(acknowledged + limits + ids + others + "06 4100 02 abcd" + "04 04 00 09");

        assertThat(in.fault()).isNull();
        assertThat(told).containsExactly("crypto 256 2", "reset 4 9");
    }

    @Test
    void a_stream_has_an_offset_a_length_and_an_end_as_its_type_says() {
        Bytes in = read("0a 00 01 aa" + "0e 04 05 01 aa" + "0f 08 06 00" + "0d 0c 07 aabbcc");

        assertThat(in.fault()).isNull();
        assertThat(told)
                .containsExactly(
                        "stream 0 0 1", "stream 4 5 1", "stream 8 6 0 ends", "stream 12 7 3 ends");
    }

    @Test
    void the_handshake_has_another_number_in_googles_versions() {
        Bytes in = read("08 4100 02 abcd" + "00 00 06 00 01 aa", true);

        assertThat(in.fault()).isNull();
        assertThat(told).containsExactly("crypto 256 2", "crypto 0 1");
    }

    @Test
    void what_is_no_frame_or_longer_than_its_packet_ends_the_reading() {
        assertThat(read("01 21 06 00 01 aa").fault()).isEqualTo("no frame");
        assertThat(read("06 00 09 aa").ok()).isFalse();
        assertThat(told).isEmpty();
    }

    @Test
    void nothing_that_comes_throws() {
        Random random = new Random(1);
        for (int i = 0; i < 50_000; i++) {
            byte[] junk = new byte[random.nextInt(1, 64)];
            random.nextBytes(junk);
            junk[0] &= 0x1f;
            Frames.read(Bytes.of(junk), false, taker);
        }
        assertThat(told).isNotEmpty();
    }
}
