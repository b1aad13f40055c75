package io.hark.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hark.event.Side;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The bytes that each policy says, over the sequences that Novak and Sturges published.
class OverlapPolicyTest {

    private static final Path PEERS = peers();

    /// What "Target-Based Fragmentation Reassembly" sends: letter, offset and length in units of
    /// eight octets.
    private static final String FRAGMENTS =
            "A0:3 B4:2 C6:3 D10:1 E13:2 F15:3 G18:2 H20:2 I22:1"
                    + " J1:4 K6:3 L9:3 M12:3 N16:1 O19:1 P20:1 Q22:2";

    /// What "Target-Based TCP Stream Reassembly" sends: letter, place and length; the first octet
    /// comes last.
    private static final String SEGMENTS =
            "A2:3 B6:2 C8:3 D12:1 E15:2 F17:3 G20:2 H22:2 I24:1"
                    + " J3:4 K8:3 L11:3 M14:3 N18:1 O21:1 P22:1 Q24:2 01:1";

    private record Part(char letter, int from, int length) {
        static Part of(String text) {
            int colon = text.indexOf(':');
            return new Part(
                    text.charAt(0),
                    Integer.parseInt(text.substring(1, colon)),
                    Integer.parseInt(text.substring(colon + 1)));
        }

        byte[] octets(int unit) {
            byte[] octets = new byte[length * unit];
            Arrays.fill(octets, (byte) letter);
            return octets;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST,   AAAJBBCCCLDLMEEFFFGGHHIQ",
        "LAST,    AJJJJBKKKLLLMMMFNFGOPHQQ",
        "BSD,     AAAJJBCCCLLLMMMFFFGGHHIQ",
        "LINUX,   AAAJJBKKKLLLMMMFFFGGPHQQ",
        "WINDOWS, AAAJBBCCCLLLMEEFFFGGHHIQ",
        "SOLARIS, AAAJBBCCCLLLMMMFFFGGHHIQ",
    })
    void fragments_that_overlap_give_what_the_target_reads(OverlapPolicy policy, String expected) {
        Fragments fragments = new Fragments(Targets.all(policy));
        Chunk chunk = new Chunk();
        int whole = -1;
        for (String text : FRAGMENTS.split(" ")) {
            Part part = Part.of(text);
            byte[] octets = part.octets(8);
            Arrays.fill(chunk.memory, 0, 20, (byte) 0);
            System.arraycopy(octets, 0, chunk.memory, 20, octets.length);
            boolean more = part.letter != 'Q';
            whole =
                    fragments.add(
                            chunk, 0, 0, 20, false, 1, 1, part.from * 8, 20, octets.length, more);
        }
        StringBuilder read = new StringBuilder();
        for (int i = 0; i < 24; i++) {
            read.append((char) chunk.memory[whole + 20 + i * 8]);
        }
        assertThat(read).hasToString(expected);
        assertThat(chunk.flags[0]).isEqualTo(Chunk.FRAGMENTS_DIFFER);
    }

    @ParameterizedTest
    @CsvSource({
        "FIRST,   0AAAJBBCCCLDLMEEFFFGGHHIQ",
        "LAST,    0AJJJJBKKKLLLMMMFNFGOPHQQ",
        "BSD,     0AAAJJBCCCLLLMMMFFFGGHHIQ",
        "LINUX,   0AAAJJBCCCLLLMMMFFFGGHHQQ",
        "WINDOWS, 0AAAJJBCCCLLLMMMFFFGGHHIQ",
        "SOLARIS, 0AJJJBBKKKLLLMMMFFFGGHHQQ",
    })
    void segments_that_overlap_give_what_the_target_reads(OverlapPolicy policy, String expected) {
        Reading reading = new Reading(policy);
        Stream stream = new Stream(Side.ORIGINATOR, new Blocks());
        for (String text : SEGMENTS.split(" ")) {
            Part part = Part.of(text);
            stream.data(part.from, part.octets(1), 0, part.length, reading);
        }
        assertThat(reading.text).hasToString(expected);
        assertThat(reading.differing).isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIRST", "LAST", "BSD", "LINUX", "WINDOWS", "SOLARIS"})
    void bytes_that_were_handed_on_stay(OverlapPolicy policy) {
        Reading reading = new Reading(policy);
        Stream stream = new Stream(Side.ORIGINATOR, new Blocks());
        stream.data(1, "GOOD".getBytes(StandardCharsets.US_ASCII), 0, 4, reading);
        stream.data(1, "EVIL".getBytes(StandardCharsets.US_ASCII), 0, 4, reading);
        assertThat(reading.text).hasToString("GOOD");
    }

    /// Of four fragments the second and third tell Z and A for the same place, both 400 octets.
    @ParameterizedTest
    @CsvSource({
        "FIRST, 400",
        "LAST, 0",
        "BSD, 400",
        "LINUX, 0",
        "WINDOWS, 400",
        "SOLARIS, 400",
    })
    void a_published_capture_gives_what_the_target_reads(OverlapPolicy policy, int octetsOfZ)
            throws IOException {
        Path capture = evasion(1);
        Layers layers = new Layers(Setup.Checksums.IGNORE, Targets.all(policy));
        byte[] datagram = reassembled(capture, layers);
        assertThat(datagram).hasSize(1208);
        int count = 0;
        for (byte octet : datagram) {
            count += octet == 'Z' ? 1 : 0;
        }
        assertThat(count).isEqualTo(octetsOfZ);
        assertThat(layers.overlappingFragments()).isEqualTo(1);
    }

    /// The captures whose tests expect Suricata's `ipv6.frag_overlap`.
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 6, 7, 8, 17, 18, 29})
    void overlaps_in_published_captures_are_seen(int number) throws IOException {
        Path capture = evasion(number);
        Layers layers = new Layers(Setup.Checksums.IGNORE, Targets.DEFAULT);
        reassembled(capture, layers);
        assertThat(layers.overlappingFragments()).isPositive();
    }

    /// The captures that abuse extension headers end, and nothing is found in what is malformed.
    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11, 12, 15, 16, 22, 23, 24, 25, 26, 27, 28, 30, 31, 32, 33, 35, 36})
    void published_abuse_of_extension_headers_ends(int number) throws IOException {
        Path capture = evasion(number);
        Layers layers = new Layers(Setup.Checksums.IGNORE, Targets.DEFAULT);
        assertThat(reassembled(capture, layers).length).isLessThan(1 << 16);
    }

    /// Reads the capture; answers the datagram that fragments made, empty for none.
    private static byte[] reassembled(Path capture, Layers layers) throws IOException {
        byte[] datagram = {};
        try (Input input = Input.open(capture)) {
            Reader reader = new Reader(input, layers);
            Chunk chunk = Source.chunk();
            do {
                reader.fill(chunk);
                for (int i = 0; i < chunk.frames; i++) {
                    if ((chunk.flags[i] & Chunk.REASSEMBLED) != 0) {
                        int at = chunk.transport[i];
                        datagram =
                                Arrays.copyOfRange(chunk.memory, at, at + chunk.transportLength[i]);
                    }
                }
            } while (!chunk.isLast());
        }
        return datagram;
    }

    private static Path evasion(int number) {
        String name = "ipv6-evasion__ipv6-malformed-fragments-%d__frag-%1$d.pcap";
        Path capture = PEERS.resolve("pcaps/suricata-verify").resolve(name.formatted(number));
        assumeTrue(Files.exists(capture), "no captures of the peers beside the repository");
        return capture;
    }

    private static Path peers() {
        String told = System.getProperty("hark.conformance", System.getenv("HARK_CONFORMANCE"));
        if (told != null) {
            return Path.of(told);
        }
        Path place = Path.of("").toAbsolutePath();
        while (place.getParent() != null) {
            Path beside = place.resolveSibling("shared").resolve("conformance");
            if (Files.isDirectory(beside)) {
                return beside;
            }
            place = place.getParent();
        }
        return Path.of("conformance");
    }

    private static final class Reading implements Stream.Reader {
        private final OverlapPolicy policy;
        private final StringBuilder text = new StringBuilder();
        private int differing;

        Reading(OverlapPolicy policy) {
            this.policy = policy;
        }

        @Override
        public void bytes(Side side, byte[] memory, int at, int length) {
            text.append(new String(memory, at, length, StandardCharsets.US_ASCII));
        }

        @Override
        public void gap(Side side, long length) {
            text.append('(').append(length).append(')');
        }

        @Override
        public OverlapPolicy policy(Side side) {
            return policy;
        }

        @Override
        public void differs(
                Side side, byte[] memory, int at, byte[] later, int laterAt, int length) {
            differing++;
        }
    }
}
