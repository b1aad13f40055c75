package io.hark.wire;

import io.hark.DatagramParser;
import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.bytes.BigEndian;
import io.hark.event.Endpoints;
import io.hark.event.Side;

/// What a UDP datagram does to its connection, and who reads it.
///
/// A talk is made only for what somebody claims, so that traffic nobody knows costs no object.
///
/// *Source*: RFC 768. *Thread*: one owner, the worker.
final class Udp {

    private static final int HEADER = 8;
    private static final int MAX_DATAGRAMS = 8; // shown of one connection before it is given up
    private static final int H_DATA = 1; // bit of history

    private final Engine engine;

    Udp(Engine engine) {
        this.engine = engine;
    }

    /// Takes one datagram.
    ///
    /// @param length of header and payload by the IP header
    /// @param captured how much of it is there
    /// @param isUnread whether nothing has looked into it: it is no tunnel, and no copy
    void datagram(
            Flow flow, Side side, byte[] m, int at, int length, int captured, boolean isUnread) {
        int announced = BigEndian.u16(m, at + 4);
        int whole = announced >= HEADER ? Math.min(announced, length) : length;
        int payload = Math.max(0, whole - HEADER);
        int there = Math.min(payload, captured - HEADER);
        flow.historyOnce(side, H_DATA, 'D');
        flow.half(side).payload += payload;
        flow.half(side).seen = true;
        flow.answered(side, engine.now());
        if (payload == 0) {
            return;
        }
        engine.payloadSeen(side, m, at + HEADER, there, payload);
        if (there == payload && !flow.opaque && isUnread) {
            Talk talk = flow.talk;
            if (talk == null) {
                recognise(flow, side, m, at + HEADER, there);
            } else {
                talk.datagram(side, m, at + HEADER, there);
            }
        }
    }

    /// Shows a datagram to parsers and tasters.
    private void recognise(Flow flow, Side side, byte[] m, int at, int length) {
        DatagramParser parser = engine.expected(flow);
        if (parser == null) {
            parser = engine.candidates.datagram(m, at, length, side, flow.port(Side.RESPONDER));
        }
        if (parser != null) {
            engine.open(false).datagrams(parser).datagram(side, m, at, length);
            return;
        }
        Tasters tasters = engine.tasters;
        if (!tasters.datagrams.isEmpty()) {
            Endpoints id = engine.ids.endpoints(flow);
            for (int i = 0; i < tasters.datagrams.size(); i++) {
                Decoder<?> decoder = tasters.datagrams.get(i);
                engine.tasteOriginator.wrap(m, at, length);
                if (decoder.taste(new Decoder.DatagramSeen(id, side, engine.tasteOriginator))
                        > Verdict.MORE) {
                    engine.open(false).datagrams(decoder).datagram(side, m, at, length);
                    return;
                }
            }
        }
        if (flow.payloads() >= MAX_DATAGRAMS) {
            flow.opaque = true;
        }
    }
}
