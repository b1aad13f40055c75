package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.ArrayList;
import java.util.List;

/// What reads the datagrams of one connection: the parser that claimed it, and those that claimed
/// what it did not take.
///
/// *Thread*: the worker that owns the connection.
final class Datagrams {

    private static final int MAX_READINGS = 4; // STUN, DTLS, RTP and RTCP share a connection

    private static final int MAX_STRANGERS = 16; // not taken by anybody before nobody is asked

    private final Engine engine;
    private final Talk talk;
    private final List<Reading> readings = new ArrayList<>(1);
    private int strangers;

    private record Reading(DatagramParser parser, DatagramParser.Session session) {}

    Datagrams(Engine engine, Talk talk, DatagramParser parser) {
        this.engine = engine;
        this.talk = talk;
        open(parser);
    }

    private Reading open(DatagramParser parser) {
        talk.connection.speaksAs(parser.name());
        Reading reading = new Reading(parser, parser.open(talk.connection));
        readings.add(reading);
        return reading;
    }

    /// Reads one datagram.
    void read(Side side, byte[] memory, int at, int length) {
        for (int i = 0; i < readings.size(); i++) {
            Reading reading = readings.get(i);
            if (reading.session.takes(talk.cursors.message.wrap(memory, at, length), side)) {
                read(reading, side, memory, at, length);
                return;
            }
        }
        if (readings.size() < MAX_READINGS && strangers < MAX_STRANGERS) {
            strangers++;
            int port = talk.id().resp_p();
            DatagramParser parser = engine.candidates.datagram(memory, at, length, side, port);
            if (parser != null && readings.stream().noneMatch(r -> r.parser == parser)) {
                read(open(parser), side, memory, at, length);
            }
        }
    }

    private void read(Reading reading, Side side, byte[] memory, int at, int length) {
        Bytes message = talk.cursors.message.wrap(memory, at, length);
        boolean certain = talk.connection.speaksAs(reading.parser.name());
        reading.session.datagram(message, side);
        if (!message.ok() && certain) {
            talk.connection.anomaly(reading.parser.name() + "_parse_error", message.fault());
        }
    }

    /// The connection is over.
    void close() {
        for (Reading reading : readings) {
            talk.connection.speaksAs(reading.parser.name());
            reading.session.close();
        }
    }
}
