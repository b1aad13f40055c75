package io.hark.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class XxHashTest {

    /// As `xxhsum -H1` of the reference implementation gives them.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    ''                                     | ef46db3751d8e999
                    a                                      | d24ec4f1a98c6e5b
                    abc                                    | 44bc2cf5ad770999
                    """)
    void gives_the_hashes_of_the_reference(String text, String hash) {
        byte[] octets = text.getBytes(StandardCharsets.US_ASCII);
        assertThat(XxHash.of(octets, 0, octets.length)).isEqualTo(Long.parseUnsignedLong(hash, 16));
    }
}
