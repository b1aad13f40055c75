package io.hark.parse.dnp3;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.Hints;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.event.Side;

/// DNP3 over UDP: whole frames in each datagram.
public final class Dnp3Datagrams implements DatagramParser {

    private static final int MAX_FRAMES = 256; // of a datagram: as many as fit into the largest

    @Override
    public String name() {
        return "dnp3";
    }

    @Override
    public String about() {
        return "DNP3 over UDP: functions and internal indications (IEEE 1815)";
    }

    @Override
    public Hints hints() {
        return Hints.ports(20000).beginning("\u0005");
    }

    @Override
    public int probe(Bytes payload, Side side, int port) {
        return Dnp3Frame.lengthAt(payload, 0) > 0 ? Verdict.YES : Verdict.NO;
    }

    @Override
    public Session open(Connection connection) {
        Dnp3Talk talk = new Dnp3Talk(connection);
        return new Session() {
            @Override
            public void datagram(Bytes payload, Side side) {
                int at = 0;
                for (int i = 0; i < MAX_FRAMES && at < payload.length(); i++) {
                    int length = Dnp3Frame.lengthAt(payload, at);
                    if (length <= 0 || length > payload.length() - at) {
                        payload.fail("no frame");
                        return;
                    }
                    talk.frame(payload, at);
                    at += length;
                }
            }

            @Override
            public void close() {
                talk.tellUnanswered();
            }
        };
    }
}
