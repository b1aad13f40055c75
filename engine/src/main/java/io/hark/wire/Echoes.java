package io.hark.wire;

import io.hark.Decoder;
import io.hark.bytes.BigEndian;
import io.hark.event.Endpoints;
import io.hark.event.Side;

/// Rolls up echo requests and replies, of IPv4 and IPv6.
///
/// *Shape*: `type u8 | code u8 | checksum u16 | identifier u16 | sequence u16 | payload`. *Source*:
/// RFC 792, 4443 §4. *Thread*: one owner, the worker.
final class Echoes {

    private static final int HEADER = 8;
    private static final int REQUEST_4 = 8;
    private static final int REPLY_4 = 0;
    private static final int REQUEST_6 = 128;
    private static final int REPLY_6 = 129;

    private final Engine engine;
    private final Minutes minutes;
    private final Shape shape = new Shape();
    private final Pair wanted = new Pair();

    Echoes(Engine engine, Minutes minutes) {
        this.engine = engine;
        this.minutes = minutes;
    }

    /// Takes an ICMP message of a connection, if it is an echo.
    void take(Flow flow, Side side, Tuple tuple, byte[] m, int at, int length, int captured) {
        int type = m[at] & 0xff;
        boolean v6 = flow.protocol == Icmp.V6;
        boolean request = type == (v6 ? REQUEST_6 : REQUEST_4);
        if (captured < HEADER || !request && type != (v6 ? REPLY_6 : REPLY_4)) {
            return;
        }
        long now = engine.now();
        EchoMinute minute = minute(flow, tuple, now);
        minute.touch(now);
        int key = BigEndian.i32(m, at + 4);
        int there = Math.min(length, captured) - HEADER;
        if (request) {
            minute.request(now, m, at + HEADER, there, length - HEADER, key, shape);
        } else {
            minute.reply(m, at + HEADER, there, length - HEADER, key, shape);
        }
        if (there > 0 && there == length - HEADER && !engine.tasters.echoes.isEmpty()) {
            engine.tasteOriginator.wrap(m, at + HEADER, there);
            engine.tasters.echo(
                    engine,
                    flow,
                    new Decoder.EchoSeen(
                            minute.id(),
                            side,
                            request,
                            key >>> 16,
                            key & 0xffff,
                            engine.tasteOriginator));
        }
    }

    private EchoMinute minute(Flow flow, Tuple tuple, long now) {
        long asker = (long) tuple.ports << 8 | tuple.protocol; // who asks is told by the ports
        wanted.set(tuple.aHi, tuple.aLo, tuple.bHi, tuple.bLo, tuple.around ^ asker);
        if (minutes.find(wanted, now) instanceof EchoMinute known) {
            return known;
        }
        Endpoints id = engine.ids.endpoints(flow);
        EchoMinute before = minutes.last(wanted) instanceof EchoMinute last ? last : null;
        EchoMinute made =
                new EchoMinute(
                        wanted.copy(), now, engine.place(), engine.ids.uid(flow), id, before);
        minutes.add(made);
        return made;
    }
}
