package io.hark.carry.frame;

import io.hark.bytes.Bytes;

/// How frames of one direction of a stream are marked off. The ordinary ways are declared:
/// [LengthPrefix], [AsciiLength], [Delimiter], [Exactly]; a header that has to be deciphered first
/// is a function of its own.
///
/// *Thread*: any; an answer depends on nothing but the bytes shown.
@FunctionalInterface
public interface Framing {

    /// Where the first frame of what is shown ends. Pure: it is asked again when more is there.
    ///
    /// @param head what there is, from the frame's first byte
    Cut cut(Bytes head);

    /// Where a frame begins in what comes behind a gap, or behind what is no frame.
    ///
    /// @param piece what came in one piece
    /// @return an offset into it, or -1: not here, show the next piece
    default int resume(Bytes piece) {
        return -1;
    }

    /// What can be said of a frame by its beginning.
    sealed interface Cut {

        /// Ask again when so many octets are there, counted from the frame's first.
        record Need(long octets) implements Cut {}

        /// Ask again when this octet has come.
        record Until(int octet) implements Cut {}

        /// The frame: what marks it off in front, what is in it, and what marks its end, in octets.
        record Whole(long head, long body, long tail) implements Cut {

            /// All three.
            public long octets() {
                return head + body + tail;
            }
        }

        /// This is no frame; what came with it is dropped.
        record Malformed(String why) implements Cut {}
    }
}
