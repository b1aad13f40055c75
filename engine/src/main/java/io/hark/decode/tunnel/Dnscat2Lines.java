package io.hark.decode.tunnel;

import io.hark.Voice;
import io.hark.bytes.Legible;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.Arrays;

/// Says the lines of a dnscat2 session, one message each, however they were cut into packets.
///
/// @param ts when the last of them was on the wire
record Dnscat2Lines(Voice voice, long ts) {

    private static final int MAX_LINE = 4096; // octets; more without an end is said as it is

    /// Says those that are whole.
    Dnscat2Stream take(Dnscat2Stream stream, Speaker side) {
        byte[] unread = stream.unread();
        int from = 0;
        for (int i = 0; i < unread.length; i++) {
            if (unread[i] == '\n' || i - from == MAX_LINE) {
                say(unread, from, i + 1, side);
                from = i + 1;
            }
        }
        return stream.drop(from, 0);
    }

    /// Says what is left without an end.
    void rest(Dnscat2Stream stream, Speaker side) {
        say(stream.unread(), 0, stream.unread().length, side);
    }

    private void say(byte[] octets, int from, int to, Speaker side) {
        byte[] line = Arrays.copyOfRange(octets, from, to);
        String text = Legible.of(line).stripTrailing();
        if (!text.isEmpty()) {
            voice.say(ts, side, Topic.SHELL, text, Fact.of("bytes", line.length));
        }
    }
}
