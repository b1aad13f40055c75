package io.hark.format;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Pe;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Headers built from Microsoft's description of the format.
class PeHeaderTest {

    private static final int WHERE = 0x80;
    private static final int OPTIONAL = WHERE + 24;
    private static final int PLUS_SIZE = 240;

    /// A console program for AMD64, made on 1 January 2024, that imports and is signed.
    private static byte[] program() {
        ByteBuffer file = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
        file.put(0, (byte) 'M').put(1, (byte) 'Z').putInt(60, WHERE);
        file.putInt(WHERE, 0x4550).putShort(WHERE + 4, (short) 0x8664);
        file.putShort(WHERE + 6, (short) 2).putInt(WHERE + 8, 1_704_067_200);
        file.putShort(WHERE + 20, (short) PLUS_SIZE).putShort(WHERE + 22, (short) 0x22);
        file.putShort(OPTIONAL, (short) 0x20b).putShort(OPTIONAL + 40, (short) 6);
        file.putShort(OPTIONAL + 42, (short) 1).putShort(OPTIONAL + 68, (short) 3);
        file.putShort(OPTIONAL + 70, (short) 0x140).putInt(OPTIONAL + 108, 16);
        file.putInt(OPTIONAL + 112 + 8 + 4, 100).putInt(OPTIONAL + 112 + 4 * 8 + 4, 100);
        file.put(OPTIONAL + PLUS_SIZE, ".text".getBytes(StandardCharsets.US_ASCII));
        file.put(OPTIONAL + PLUS_SIZE + 40, "exactly8".getBytes(StandardCharsets.US_ASCII));
        return file.array();
    }

    private static Pe read(byte[] file, int length) {
        PeHeader header = PeHeader.read(file, length);
        assertThat(header).isNotNull();
        return header.event(1, 2, "C", "F");
    }

    @Test
    void the_headers_of_a_program_say_what_it_is() {
        byte[] file = program();

        assertThat(read(file, file.length))
                .isEqualTo(
                        new Pe(
                                1,
                                2,
                                "C",
                                "F",
                                "AMD64",
                                1_704_067_200_000_000_000L,
                                "Windows 7 or Server 2008 R2",
                                "WINDOWS_CUI",
                                true,
                                true,
                                true,
                                true,
                                false,
                                true,
                                true,
                                false,
                                true,
                                false,
                                List.of(".text", "exactly8")));
    }

    @Test
    void an_object_file_has_no_system_and_no_sections() {
        byte[] file = program();
        ByteBuffer.wrap(file).putShort(WHERE + 20, (short) 0);

        Pe pe = read(file, file.length);

        assertThat(pe.is_exe()).isFalse();
        assertThat(pe.os()).isNull();
        assertThat(pe.section_names()).isNull();
    }

    @Test
    void what_was_not_seen_is_absent() {
        Pe pe = read(program(), OPTIONAL + 60);

        assertThat(pe.machine()).isEqualTo("AMD64");
        assertThat(pe.subsystem()).isNull();
        assertThat(pe.has_import_table()).isNull();
    }

    @Test
    void headers_beyond_what_is_kept_are_not_looked_for() {
        byte[] file = program();
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putInt(60, 0xffff_ff00);

        assertThat(PeHeader.read(file, file.length)).isNull();
        assertThat(PeHeader.read(file, 10)).isNull();
        assertThat(PeHeader.read(new byte[512], 512)).isNull();
    }

    @Test
    void no_octets_break_it() {
        Random random = new Random(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] file = program();
            for (int n = random.nextInt(8); n >= 0; n--) {
                file[2 + random.nextInt(OPTIONAL + PLUS_SIZE)] = (byte) random.nextInt();
            }
            PeHeader header = PeHeader.read(file, random.nextInt(file.length + 1));
            if (header != null) {
                assertThat(header.event(1, 2, "C", "F").machine()).isNotEmpty();
            }
        }
    }
}
