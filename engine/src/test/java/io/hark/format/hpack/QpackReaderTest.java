package io.hark.format.hpack;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The examples of RFC 9204 appendix B, and blocks that mean harm.
class QpackReaderTest {

    private final QpackReader reader = new QpackReader();

    private static Bytes bytes(String hex) {
        return Bytes.of(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private List<String> read(String hex) {
        List<String> fields = new ArrayList<>();
        Bytes block = bytes(hex);
        assertThat(reader.canRead(block)).isTrue();
        reader.read(block, (name, value) -> fields.add(name + ": " + value));
        assertThat(block.fault()).isNull();
        return fields;
    }

    private void learn(String hex) {
        Bytes in = bytes(hex);
        while (in.remaining() > 0) {
            int length = QpackReader.instruction(new Bytes().wrap(in));
            assertThat(length).isPositive();
            Bytes one = new Bytes().wrap(in.array(), in.base() + in.offset(), length);
            reader.learn(one);
            assertThat(one.fault()).isNull();
            in.skip(length);
        }
    }

    @Test
    void blocks_use_the_table_as_it_was_when_they_were_made() {
        reader.capacity(220);
        assertThat(read("0000 510b 2f69 6e64 6578 2e68 746d 6c")) // B.1
                .containsExactly(":path: /index.html");
        assertThat(reader.canRead(bytes("0381 1011"))).isFalse(); // its fields have not come
        learn(
                "3fbd01 c00f 7777 772e 6578 616d 706c 652e 636f 6d c10c 2f73 616d 706c 652f 7061 7468");
        assertThat(read("0381 1011")) // B.2
                .containsExactly(":authority: www.example.com", ":path: /sample/path");
        learn("4a63 7573 746f 6d2d 6b65 790c 6375 7374 6f6d 2d76 616c 7565"); // B.3
        learn("02"); // B.4
        assertThat(read("0500 80c1 81"))
                .containsExactly(
                        ":authority: www.example.com", ":path: /", "custom-key: custom-value");
        learn("810d 6375 7374 6f6d 2d76 616c 7565 32"); // B.5 makes the oldest leave
        assertThat(reader.inserted()).isEqualTo(5);
        Bytes gone = bytes("0381 1011");
        reader.read(gone, (_, _) -> {});
        assertThat(gone.fault()).isEqualTo("an index behind the header table");
    }

    @Test
    void an_instruction_that_is_cut_is_no_instruction_yet() {
        String whole = "c00f 7777 772e 6578 616d 706c 652e 636f 6d";
        int octets = bytes(whole).length();
        for (int i = 0; i < octets; i++) {
            assertThat(QpackReader.instruction(new Bytes().wrap(bytes(whole).array(), 0, i)))
                    .isZero();
        }
        assertThat(QpackReader.instruction(bytes(whole))).isEqualTo(octets);
    }

    @Test
    void a_block_of_a_table_that_was_not_agreed_is_malformed() {
        Bytes block = bytes("ff20 00 80");
        assertThat(reader.canRead(block)).isTrue(); // nothing will come that makes it better

        reader.read(block, (_, _) -> {});

        assertThat(block.fault()).isEqualTo("a table that was not agreed");
    }

    @Test
    void nothing_that_comes_throws() {
        Random random = new Random(1);
        for (int i = 0; i < 20_000; i++) {
            byte[] junk = new byte[random.nextInt(1, 24)];
            random.nextBytes(junk);
            reader.capacity(random.nextInt(4096));
            reader.learn(Bytes.of(junk));
            reader.read(Bytes.of(junk), (_, _) -> {});
        }
        assertThat(reader.inserted()).isPositive();
    }
}
