package io.hark.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// The cursor over what the network sent.
class BytesTest {

    private final Bytes in = Bytes.of(new byte[] {1, 2, 3, 4});

    @Test
    void what_is_left_counts_down() {
        in.u8();
        assertThat(in.remaining()).isEqualTo(3);
        int outer = in.limit(1);
        assertThat(in.remaining()).isEqualTo(1);
        in.unlimit(outer);
        assertThat(in.remaining()).isEqualTo(2);
    }

    @Test
    void nothing_is_left_once_something_went_wrong() {
        in.skip(5);
        assertThat(in.ok()).isFalse();
        assertThat(in.remaining()).isZero();
    }

    @Test
    void nothing_is_left_behind_a_part_that_went_wrong() {
        int outer = in.limit(1);
        in.u16();
        in.unlimit(outer);
        assertThat(in.remaining()).isZero();
    }
}
