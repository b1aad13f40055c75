package io.hark.format.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The examples of RFC 7541 appendix C, and blocks that mean harm.
class HpackReaderTest {

    private final HpackReader reader = new HpackReader();
    private final List<String> fields = new ArrayList<>();

    private List<String> read(String hex) {
        fields.clear();
        Bytes block = Bytes.of(HexFormat.of().parseHex(hex.replace(" ", "")));
        reader.read(block, (name, value) -> fields.add(name + ": " + value));
        assertThat(block.fault()).isNull();
        return fields;
    }

    private String fault(String hex) {
        Bytes block = Bytes.of(HexFormat.of().parseHex(hex.replace(" ", "")));
        reader.read(block, (_, _) -> {});
        return String.valueOf(block.fault());
    }

    @Test
    void requests_with_huffman_code_share_a_table() { // C.4
        assertThat(read("8286 8441 8cf1 e3c2 e5f2 3a6b a0ab 90f4 ff"))
                .containsExactly(
                        ":method: GET", ":scheme: http", ":path: /", ":authority: www.example.com");
        assertThat(read("8286 84be 5886 a8eb 1064 9cbf"))
                .contains(":authority: www.example.com", "cache-control: no-cache");
        assertThat(read("8287 85bf 4088 25a8 49e9 5ba9 7d7f 8925 a849 e95b b8e8 b4bf"))
                .containsExactly(
                        ":method: GET",
                        ":scheme: https",
                        ":path: /index.html",
                        ":authority: www.example.com",
                        "custom-key: custom-value");
    }

    @Test
    void a_table_that_is_full_loses_the_oldest() { // C.6, whose table has 256 octets
        read("3fe1 01");
        assertThat(
                        read(
                                "4882 6402 5885 aec3 771a 4b61 96d0 7abe 9410 54d4 44a8 2005 9504 0b81"
                                        + "66e0 82a6 2d1b ff6e 919d 29ad 1718 63c7 8f0b 97c8 e9ae 82ae 43d3"))
                .containsExactly(
                        ":status: 302",
                        "cache-control: private",
                        "date: Mon, 21 Oct 2013 20:13:21 GMT",
                        "location: https://www.example.com");
        assertThat(read("4883 640e ffc1 c0bf")).contains(":status: 307", "cache-control: private");
        assertThat(fault("c2")).isEqualTo("an index behind the header table");
    }

    @Test
    void a_literal_name_may_stay_out_of_the_table() { // C.2.2, C.2.3
        assertThat(read("040c 2f73 616d 706c 652f 7061 7468"))
                .containsExactly(":path: /sample/path");
        assertThat(read("1008 7061 7373 776f 7264 0673 6563 7265 74"))
                .containsExactly("password: secret");
        assertThat(fault("be")).isEqualTo("an index behind the header table");
    }

    @Test
    void a_small_block_that_expands_without_end_is_cut() {
        StringBuilder bomb = new StringBuilder("4001 61 7f a11e"); // 4,000 octets enter the table
        bomb.append("62".repeat(4000));
        bomb.append("be".repeat(100_000));
        Bytes block = Bytes.of(HexFormat.of().parseHex(bomb.toString().replace(" ", "")));
        long[] shown = {0};
        boolean all =
                reader.read(
                        block, (name, value) -> shown[0] += name.length() + (long) value.length());
        assertThat(all).isFalse();
        assertThat(shown[0]).isLessThanOrEqualTo(HpackReader.MAX_OCTETS);
    }

    @Test
    void what_is_broken_says_so() {
        assertThat(fault("3fff ff7f")).isEqualTo("a header table too large");
        assertThat(fault("ffff ffff ff7f")).isEqualTo("a number too long");
        assertThat(fault("000a 61")).isEqualTo("a string longer than its block");
        assertThat(fault("4182 ffff 00")).isEqualTo("a string that is no Huffman code");
    }

    @Test
    void no_octets_at_all_make_it_throw() {
        Random random = new Random(7541);
        for (int i = 0; i < 20_000; i++) {
            byte[] octets = new byte[random.nextInt(64)];
            random.nextBytes(octets);
            new HpackReader().read(Bytes.of(octets), (_, _) -> {});
        }
    }
}
