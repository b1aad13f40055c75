package io.hark.carry.frame;

import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.nio.charset.Charset;

/// One frame of a stream.
///
/// @param ts when its first octet was on the wire
/// @param side who sent it
/// @param head what marks it off in front: the length, for example; may be empty
/// @param body what is in it
/// @param missing octets of it that a gap took; zeros stand for them in `body`
public record Frame(long ts, Side side, byte[] head, byte[] body, long missing) {

    /// A cursor over what is in it.
    public Bytes bytes() {
        return Bytes.of(body);
    }

    /// What is in it as text.
    public String text(Charset charset) {
        return new String(body, charset);
    }
}
