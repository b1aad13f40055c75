package io.hark.wire;

import org.jspecify.annotations.Nullable;

/// A capture file format: where one record ends and the next begins.
///
/// *Thread*: the reader's.
sealed interface Container permits Pcap, Pcapng {

    /// Answer of [#next]: the record is not whole yet.
    int MORE = 0;

    /// Answer of [#next]: the file is broken here; nothing behind can be trusted.
    int DAMAGED = -1;

    /// The longest record taken: a length beyond it is damage, not a frame. Larger than any link's
    /// frames and any snap length in use.
    int MAX_RECORD = 16 << 20;

    /// Reads the record at `from`.
    ///
    /// @param frame takes what the record says; `frame.isFrame` tells whether it is a frame at all
    /// @return its length in bytes, MORE or DAMAGED
    int next(byte[] memory, int from, int to, Frame frame);

    /// What was wrong where [#next] said DAMAGED.
    String damage();

    /// One record, reused.
    final class Frame {
        /// Set by the caller: nothing comes behind the octets at hand.
        boolean isEnd;

        boolean isFrame;
        long nanos;
        int at;
        int captured;
        int length;
        int linkType;

        /// The key log that the record has, where it is none of a frame.
        @Nullable String keyLog;
    }
}
