package io.hark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.Keyring;
import io.hark.Secret;
import io.hark.SessionSecrets;
import io.hark.format.tlscrypt.KeyLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Secrets that stand in a pcapng, and which of several counts.
class SecretsTest {

    private static final byte[] RANDOM = new byte[32];
    private static final String LINE = KeyLog.MASTER + " " + "00".repeat(32) + " 0102\n";
    private static final int TLS = 0x544c534b;
    private static final int SSH = 0x5353484b;

    @TempDir Path folder;

    private static byte[] block(int type, byte[] body) {
        int padded = body.length + 3 & ~3;
        ByteBuffer block = ByteBuffer.allocate(12 + padded).order(ByteOrder.LITTLE_ENDIAN);
        block.putInt(type).putInt(12 + padded).put(body).position(8 + padded);
        return block.putInt(12 + padded).array();
    }

    private static byte[] secrets(int kind, int length, String text) {
        ByteBuffer body = ByteBuffer.allocate(8 + text.length()).order(ByteOrder.LITTLE_ENDIAN);
        body.putInt(kind).putInt(length);
        return block(10, body.put(text.getBytes(StandardCharsets.US_ASCII)).array());
    }

    private Chunk read(byte[]... blocks) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(
                block(0x0a0d0d0a, HexFormat.of().parseHex("4d3c2b1a01000000ffffffffffffffff")));
        for (byte[] block : blocks) {
            out.writeBytes(block);
        }
        Path file = folder.resolve("capture.pcapng");
        Files.write(file, out.toByteArray());
        Chunk chunk = Source.chunk();
        try (Reader reader = new Reader(Input.open(file), new Layers(Setup.Checksums.IGNORE))) {
            reader.fill(chunk);
            assertThat(reader.status()).isEqualTo(Source.Status.OK);
        }
        return chunk;
    }

    @Test
    void a_key_log_in_a_capture_is_known_with_the_chunk_it_stands_in() throws IOException {
        Chunk chunk = read(secrets(TLS, LINE.length(), LINE));
        Secrets secrets = new Secrets(Keyring.EMPTY);
        assertThat(secrets.isEmpty()).isTrue();
        secrets.learn(chunk.secrets);
        SessionSecrets.Found found = Objects.requireNonNull(secrets.logged(KeyLog.MASTER, RANDOM));
        assertThat(found.octets()).containsExactly(1, 2);
        assertThat(found).hasToString("capture");
        assertThat(secrets.logged(KeyLog.CLIENT_TRAFFIC, RANDOM)).isNull();
    }

    @Test
    void secrets_of_other_kinds_and_lengths_that_lie_are_stepped_over() throws IOException {
        assertThat(read(secrets(SSH, LINE.length(), LINE)).secrets).isEmpty();
        assertThat(read(secrets(TLS, 1 << 20, LINE)).secrets).isEmpty();
        assertThat(read(secrets(TLS, -1, LINE)).secrets).isEmpty();
    }

    @Test
    void what_the_operator_gave_counts_before_what_the_capture_brings() {
        Secret given =
                new Secret(
                        "given",
                        Secret.Kind.TLS_KEY_LOG,
                        Map.of(KeyLog.key(KeyLog.MASTER, RANDOM), new byte[] {9}));
        Secrets secrets = new Secrets(new Keyring(List.of(given)));
        secrets.learn(List.of(new Secret("capture", Secret.Kind.TLS_KEY_LOG, KeyLog.parse(LINE))));
        assertThat(Objects.requireNonNull(secrets.logged(KeyLog.MASTER, RANDOM)).name())
                .isEqualTo("given");
    }
}
