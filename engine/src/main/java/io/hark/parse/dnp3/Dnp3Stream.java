package io.hark.parse.dnp3;

import io.hark.Connection;
import io.hark.Hints;
import io.hark.StreamParser;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// DNP3 over TCP.
public final class Dnp3Stream implements StreamParser {

    @Override
    public String name() {
        return "dnp3";
    }

    @Override
    public String about() {
        return "DNP3 over TCP: functions and internal indications (IEEE 1815)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(20000).beginning("\u0005");
    }

    @Override
    public int probe(Bytes head, Side side) {
        int length = Dnp3Frame.lengthAt(head, 0);
        return length < 0 ? Verdict.NO : length == 0 ? Verdict.MORE : Verdict.YES;
    }

    @Override
    public Session open(Connection connection) {
        return new FrameSession(connection);
    }

    private static final class FrameSession implements Session {

        private final Dnp3Talk talk;

        FrameSession(Connection connection) {
            talk = new Dnp3Talk(connection);
        }

        @Override
        public int maxMessage() {
            return Dnp3Frame.MAX;
        }

        @Override
        public int frame(Bytes head, Side side) {
            int length = Dnp3Frame.lengthAt(head, 0);
            return length < 0 ? MALFORMED : length > head.length() ? MORE : length;
        }

        @Override
        public void message(Bytes whole, Side side) {
            talk.frame(whole, 0);
        }

        /// Frames fill segments: the next one that came is whole.
        @Override
        public boolean gap(Side side, long bytes) {
            return true;
        }

        @Override
        public void close() {
            talk.tellUnanswered();
        }
    }
}
