package io.hark.bytes.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hark.bytes.codec.BlockCipher.Algorithm;
import io.hark.bytes.codec.BlockCipher.Mode;
import io.hark.bytes.codec.Deflate.Wrapping;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class CodecTest {

    private static final int LIMIT = 1 << 20;
    private static final byte[] NONE = {};

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    static List<Codec> codecs() {
        byte[] key = hex("000102030405060708090a0b0c0d0e0f1011121314151617");
        byte[] iv = Arrays.copyOf(key, 16);
        TextCodec permuted =
                new TextCodec(
                        "own",
                        "9876543210zyxwvutsrqponmlkjihgfedcbaZYXWVUTSRQPONMLKJIHGFEDCBA._",
                        "");
        StringBuilder seven =
                new StringBuilder("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");
        seven.append("0123456789");
        for (int c = 0xbc; c <= 0xfd; c++) {
            seven.append((char) c);
        }
        return List.of(
                TextCodec.HEX,
                TextCodec.BASE64,
                TextCodec.BASE64_URL,
                TextCodec.BASE32,
                TextCodec.BASE32_HEX,
                TextCodec.NETBIOS,
                TextCodec.NETBIOS_UPPER,
                permuted,
                new TextCodec("base128", seven.toString(), ""),
                new Xor(hex("5a a5 01")),
                StreamCipher.rc4(key),
                new StreamCipher(StreamCipher.Algorithm.SALSA20, iv, Arrays.copyOf(iv, 8)),
                new StreamCipher(StreamCipher.Algorithm.CHACHA20_64, iv, Arrays.copyOf(iv, 8)),
                new StreamCipher(
                        StreamCipher.Algorithm.CHACHA20, new byte[32], Arrays.copyOf(iv, 12)),
                new BlockCipher(Algorithm.AES, Mode.ECB_PADDED, key, NONE),
                new BlockCipher(Algorithm.AES, Mode.CBC_PADDED, key, iv),
                new BlockCipher(Algorithm.AES, Mode.CTR, key, iv),
                new BlockCipher(Algorithm.AES, Mode.CFB, key, iv),
                new BlockCipher(Algorithm.CAMELLIA, Mode.ECB_PADDED, key, NONE),
                new BlockCipher(
                        Algorithm.DES,
                        Mode.CBC_PADDED,
                        Arrays.copyOf(key, 8),
                        Arrays.copyOf(iv, 8)),
                new BlockCipher(Algorithm.DES3, Mode.CBC_PADDED, key, Arrays.copyOf(iv, 8)),
                Deflate.of(Wrapping.RAW, LIMIT),
                Deflate.of(Wrapping.ZLIB, LIMIT),
                Deflate.of(Wrapping.GZIP, LIMIT),
                new Lznt1(LIMIT),
                TextCodec.BASE64.then(new Xor(hex("ff"))));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void what_is_encoded_is_decoded(Codec codec) {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            byte[] octets = new byte[random.nextInt(seed % 50 == 0 ? 20_000 : 70)];
            random.nextBytes(octets);
            assertThat(codec.decode(codec.encode(octets)))
                    .as("%s, seed %d", codec.name(), seed)
                    .isEqualTo(octets);
        }
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void noise_is_decoded_or_refused_and_never_throws(Codec codec) {
        for (long seed = 1; seed <= 300; seed++) {
            Random random = new Random(seed);
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            byte[] out = codec.decode(noise);
            assertThat(out == null || out.length <= LIMIT).as("seed %d", seed).isTrue();
            byte[] damaged = codec.encode(noise);
            if (damaged.length > 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            byte[] read = codec.decode(damaged);
            assertThat(read == null || read.length <= LIMIT).as("seed %d", seed).isTrue();
        }
    }

    @ParameterizedTest // RFC 4648 §10
    @CsvSource({
        "base64, f, Zg==",
        "base64, fo, Zm8=",
        "base64, foobar, Zm9vYmFy",
        "base32, f, MY======",
        "base32, foob, MZXW6YQ=",
        "base32, fooba, MZXW6YTB",
        "base32hex, fooba, CPNMUOJ1",
        "base32hex, foobar, CPNMUOJ1E8======",
        "hex, foobar, 666f6f626172",
        "netbiosu, FRED, EGFCEFEE", // RFC 1001 §14.1
    })
    void texts_are_what_their_rfc_says(String name, String plain, String coded) {
        TextCodec codec =
                (TextCodec)
                        codecs().stream()
                                .filter(one -> one.name().equals(name))
                                .findFirst()
                                .orElseThrow();
        assertThat(new String(codec.encode(plain.getBytes(US_ASCII)), US_ASCII)).isEqualTo(coded);
        assertThat(codec.decode(coded)).isEqualTo(plain.getBytes(US_ASCII));
        assertThat(codec.decode(coded.replace("=", ""))).isEqualTo(plain.getBytes(US_ASCII));
    }

    @Test
    void letters_of_one_case_are_read_in_both() {
        assertThat(TextCodec.HEX.decode("DEADbeef")).isEqualTo(hex("deadbeef"));
        assertThat(TextCodec.BASE32.decode("mzxw6ytb")).isEqualTo("fooba".getBytes(US_ASCII));
    }

    @Test
    void text_that_is_none_is_refused() {
        assertThat(TextCodec.BASE64.decode("Zm9v YmFy")).isNull();
        assertThat(TextCodec.BASE64.decode("Zm9vY")).isNull();
        assertThat(TextCodec.HEX.decode("abc")).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new TextCodec("x", "abc", ""));
    }

    @ParameterizedTest // NIST SP 800-38A F.1.1, F.2.1, F.3.13, F.5.1; RFC 3713 A; FIPS 81 B; SP
    // 800-67 B.1
    @CsvSource({
        "AES, ECB, 2b7e151628aed2a6abf7158809cf4f3c, '', 6bc1bee22e409f96e93d7e117393172a, 3ad77bb40d7a3660a89ecaf32466ef97",
        "AES, CBC, 2b7e151628aed2a6abf7158809cf4f3c, 000102030405060708090a0b0c0d0e0f, 6bc1bee22e409f96e93d7e117393172a, 7649abac8119b246cee98e9b12e9197d",
        "AES, CFB, 2b7e151628aed2a6abf7158809cf4f3c, 000102030405060708090a0b0c0d0e0f, 6bc1bee22e409f96e93d7e117393172a, 3b3fd92eb72dad20333449f8e83cfb4a",
        "AES, CTR, 2b7e151628aed2a6abf7158809cf4f3c, f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff, 6bc1bee22e409f96e93d7e117393172a, 874d6191b620e3261bef6864990db6ce",
        "CAMELLIA, ECB, 0123456789abcdeffedcba9876543210, '', 0123456789abcdeffedcba9876543210, 67673138549669730857065648eabe43",
        "CAMELLIA, ECB, 0123456789abcdeffedcba987654321000112233445566778899aabbccddeeff, '', 0123456789abcdeffedcba9876543210, 9acc237dff16d76c20ef7c919e3a7509",
        "DES, ECB, 0123456789abcdef, '', 4e6f772069732074, 3fa40e8a984d4815",
        "DES3, ECB, 0123456789abcdef23456789abcdef01456789abcdef0123, '', 5468652071756663, a826fd8ce53b855f",
    })
    void block_ciphers_match_published_vectors(
            Algorithm algorithm, Mode mode, String key, String iv, String plain, String cipher) {
        BlockCipher codec = new BlockCipher(algorithm, mode, hex(key), hex(iv));
        assertThat(codec.encode(hex(plain))).isEqualTo(hex(cipher));
        assertThat(codec.decode(hex(cipher))).isEqualTo(hex(plain));
    }

    @ParameterizedTest // RFC 6229 §2; RFC 8439 A.1 #1; eSTREAM's Salsa20 set 1, vector 0
    @CsvSource({
        "RC4, 0102030405, '', b2396305f03dc027ccc3524a0a1118a8",
        "CHACHA20, 0000000000000000000000000000000000000000000000000000000000000000, 000000000000000000000000, 76b8e0ada0f13d90405d6ae55386bd28",
        "SALSA20, 8000000000000000000000000000000000000000000000000000000000000000, 0000000000000000, e3be8fdd8beca2e3ea8ef9475b29a6e7",
    })
    void key_streams_match_published_vectors(
            StreamCipher.Algorithm algorithm, String key, String nonce, String stream) {
        assertThat(new StreamCipher(algorithm, hex(key), hex(nonce)).encode(new byte[16]))
                .isEqualTo(hex(stream));
    }

    @Test
    void blocks_that_are_not_whole_are_refused() {
        BlockCipher ecb = new BlockCipher(Algorithm.AES, Mode.ECB, new byte[16], NONE);
        assertThat(ecb.decode(new byte[17])).isNull();
        assertThatIllegalArgumentException().isThrownBy(() -> ecb.encode(new byte[17]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new BlockCipher(Algorithm.AES, Mode.ECB, new byte[5], NONE));
    }

    @ParameterizedTest
    @CsvSource({"RAW", "ZLIB", "GZIP"})
    void a_bomb_is_refused(Wrapping wrapping) {
        Deflate wide = new Deflate(wrapping, 64 << 20, 2000);
        byte[] bomb = wide.encode(new byte[16 << 20]);
        assertThat(wide.decode(bomb)).hasSize(16 << 20);
        assertThat(Deflate.of(wrapping, 64 << 20).decode(bomb)).as("by its ratio").isNull();
        assertThat(new Deflate(wrapping, 1 << 20, 2000).decode(bomb)).as("by its size").isNull();
    }

    @Test // MS-XCA §3.3
    void lznt1_matches_the_published_example() {
        byte[] packed =
                hex(
                        "38b08846232000204720410010a24701a045204400084501507900c045200524138805b4024a44ef"
                                + "0358028c091601484500be009e000401189000");
        String plain =
                "F# F# G A A G F# E D D E F# F# E E F# F# G A A G F# E D D E F# E D D E E F# D E F# G F# D E F#"
                        + " G F# E D E A F# F# G A A G F# E D D E F# E D D\0";
        assertThat(new String(new Lznt1(LIMIT).decode(packed), ISO_8859_1)).isEqualTo(plain);
        assertThat(new Lznt1(100).decode(packed)).as("beyond its limit").isNull();
    }
}
