package io.hark;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.bytes.Bytes;
import io.hark.event.Side;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Drives one session of a parser as the engine does, and checks the contract while it does so:
/// `frame` is asked twice and must say the same, and memory handed over is overwritten afterwards.
///
/// [Script] makes the inputs and takes them apart; [#torture] is the test that every parser passes.
public final class Driver {

    private static final byte JUNK = (byte) 0xa5;

    private final StreamParser.Session session;
    private final TestConnection connection;
    private final Map<Side, byte[]> waiting =
            new EnumMap<>(Map.of(Side.ORIGINATOR, new byte[0], Side.RESPONDER, new byte[0]));
    private final Set<Side> asked = EnumSet.noneOf(Side.class);
    private boolean over;

    private Driver(StreamParser parser, TestConnection connection) {
        this.connection = connection;
        session = parser.open(connection);
    }

    /// Runs a stream parser over a script.
    public static TestConnection run(StreamParser parser, List<Script.Step> script) {
        return run(parser, script, new TestConnection());
    }

    /// Runs a stream parser over a script, on a connection that was prepared.
    public static TestConnection run(
            StreamParser parser, List<Script.Step> script, TestConnection connection) {
        Driver driver = new Driver(parser, connection);
        for (Script.Step step : script) {
            driver.step(step);
        }
        driver.session.close();
        return connection;
    }

    /// Runs a datagram parser over a script, every step a datagram.
    public static TestConnection run(DatagramParser parser, List<Script.Step> script) {
        TestConnection connection = new TestConnection();
        DatagramParser.Session session = parser.open(connection);
        for (Script.Step step : script) {
            connection.now = step.nanos();
            assertThat(parser.probe(lent(step.bytes()), step.side(), 0))
                    .isEqualTo(parser.probe(lent(step.bytes()), step.side(), 0));
            Bytes bytes = lent(step.bytes());
            session.datagram(bytes, step.side());
            spoil(bytes);
        }
        session.close();
        return connection;
    }

    /// The same events whole, byte by byte and in random pieces; and no exception with gaps, one
    /// side only, a missing beginning, or flipped bits.
    ///
    /// @param rounds how many times each damage is tried
    /// @return what the whole script says
    public static TestConnection torture(
            StreamParser parser, List<Script.Step> script, int rounds) {
        TestConnection whole = run(parser, script);
        assertThat(run(parser, Script.byteByByte(script)).all())
                .as("byte by byte")
                .isEqualTo(whole.all());
        for (long seed = 0; seed < rounds; seed++) {
            String name = "seed " + seed;
            assertThat(run(parser, Script.pieces(script, seed)).all())
                    .as(name)
                    .isEqualTo(whole.all());
            List<Script.Step> gaps = Script.gaps(script, seed);
            assertThat(run(parser, Script.pieces(gaps, seed)).all())
                    .as(name + ", gaps")
                    .isEqualTo(run(parser, gaps).all());
            List<Script.Step> flips = Script.flips(script, seed);
            assertThat(run(parser, Script.pieces(flips, seed)).all())
                    .as(name + ", flips")
                    .isEqualTo(run(parser, flips).all());
            run(parser, Script.pieces(Script.tail(script, seed), seed));
            Script.pieces(flips, seed).forEach(step -> probe(parser, step));
        }
        for (Side side : Side.values()) {
            List<Script.Step> one = Script.only(script, side);
            assertThat(run(parser, Script.byteByByte(one)).all())
                    .as("only " + side)
                    .isEqualTo(run(parser, one).all());
        }
        return whole;
    }

    /// No exception with single datagrams missing, cut or flipped, or one side only.
    public static TestConnection torture(
            DatagramParser parser, List<Script.Step> script, int rounds) {
        for (long seed = 0; seed < rounds; seed++) {
            run(parser, Script.flips(script, seed));
            run(parser, Script.tail(script, seed));
            run(parser, Script.pieces(script, seed));
        }
        for (Side side : Side.values()) {
            run(parser, Script.only(script, side));
        }
        return run(parser, script);
    }

    private static void probe(StreamParser parser, Script.Step step) {
        int first = parser.probe(lent(step.bytes()), step.side());
        assertThat(parser.probe(lent(step.bytes()), step.side()))
                .as("probe twice")
                .isEqualTo(first);
    }

    private void step(Script.Step step) {
        connection.now = step.nanos();
        connection.at(step.side());
        if (over) {
            return;
        }
        if (step.gap() > 0) {
            gap(step.side(), step.gap());
        } else if (step.end()) {
            TestBody body = connection.passing(step.side());
            if (body != null) {
                connection.stop(step.side());
                session.passed(body, step.side());
            }
            session.end(step.side());
        } else {
            bytes(step.side(), step.bytes());
        }
    }

    private void ask(Side side) {
        if (asked.add(side)) {
            Body body = session.whole(side);
            if (body != null) {
                connection.pass(body, Body.UNTIL_END);
            }
        }
    }

    private void gap(Side side, long missing) {
        ask(side);
        TestBody body = connection.passing(side);
        long left = missing - connection.skipped(side, missing);
        if (body != null) {
            int taken = connection.take(side, missing);
            body.lose(taken);
            left -= taken;
            if (connection.took(side, taken)) {
                session.passed(body, side);
            }
        }
        if (left > 0) {
            waiting.put(side, new byte[0]);
            over |= !session.gap(side, left);
        }
    }

    private void bytes(Side side, byte[] more) {
        byte[] all = Script.join(waiting.get(side), more);
        int at = 0;
        if (all.length > 0) {
            ask(side);
        }
        while (at < all.length && !over) {
            at += (int) connection.skipped(side, all.length - at);
            if (at == all.length) {
                break;
            }
            TestBody body = connection.passing(side);
            if (body != null) {
                int taken = connection.take(side, all.length - at);
                body.feed(all, at, at + taken);
                at += taken;
                if (connection.took(side, taken)) {
                    session.passed(body, side);
                }
                continue;
            }
            int length = frame(Script.slice(all, at, all.length), side);
            int known = length == StreamParser.Session.MORE ? all.length - at + 1 : length;
            if (length == StreamParser.Session.MALFORMED || known > session.maxMessage()) {
                over = true;
                break;
            }
            if (known > all.length - at) {
                break;
            }
            over = !message(Script.slice(all, at, at + length), side);
            at += length;
        }
        waiting.put(side, over ? new byte[0] : Script.slice(all, at, all.length));
    }

    private int frame(byte[] head, Side side) {
        Bytes bytes = lent(head);
        int first = session.frame(bytes, side);
        assertThat(session.frame(lent(head), side)).as("frame twice").isEqualTo(first);
        spoil(bytes);
        return first;
    }

    private boolean message(byte[] whole, Side side) {
        Bytes bytes = lent(whole);
        session.message(bytes, side);
        spoil(bytes);
        if (!bytes.ok()) {
            connection.anomaly("malformed", bytes.fault());
        }
        return bytes.ok() && !connection.turned;
    }

    private static Bytes lent(byte[] octets) {
        byte[] memory = new byte[octets.length + 16];
        Arrays.fill(memory, JUNK);
        System.arraycopy(octets, 0, memory, 8, octets.length);
        return new Bytes().wrap(memory, 8, octets.length);
    }

    private static void spoil(Bytes bytes) {
        Arrays.fill(bytes.array(), JUNK);
    }
}
