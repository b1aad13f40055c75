package io.hark.parse.http2;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.hpack.QpackReader;

/// A one-way stream: what a side sets, or what fills its header table; all others are passed over.
///
/// *Thread*: one owner, the worker. *Source*: RFC 9114 §6.2, RFC 9204 §4.2.
final class Http3Service implements StreamParser.Session {

    /// The longest frame of settings: each takes a few octets, and there are ten.
    private static final int MAX_SETTINGS = 1 << 12;

    private final Connection connection;
    private final Http3Tables tables;
    private long type = -1;

    Http3Service(Connection connection, Http3Tables tables) {
        this.connection = connection;
        this.tables = tables;
    }

    @Override
    public int maxMessage() {
        return QpackReader.MAX_INSTRUCTION;
    }

    @Override
    public int frame(Bytes head, Side side) {
        if (type < 0) {
            return Http3Frames.number(head, 0) < 0 ? MORE : Http3Frames.width(head, 0);
        }
        if (type == Http3Frames.ENCODER_STREAM) {
            return QpackReader.instruction(head); // 0, as long as it is not whole, is MORE
        }
        long length = Http3Frames.length(head);
        if (length < 0) {
            return MORE;
        }
        boolean settings = Http3Frames.number(head, 0) == Http3Frames.SETTINGS;
        return Http3Frames.header(head) + (settings ? (int) Math.min(length, MAX_SETTINGS) : 0);
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (type < 0) {
            type = Http3Frames.number(whole, 0);
            if (type != Http3Frames.CONTROL_STREAM && type != Http3Frames.ENCODER_STREAM) {
                connection.skip(Body.UNTIL_END);
            }
        } else if (type == Http3Frames.ENCODER_STREAM) {
            tables.of(side).learn(whole);
        } else {
            control(whole, side);
        }
    }

    private void control(Bytes whole, Side side) {
        long length = Http3Frames.length(whole);
        if (Http3Frames.number(whole, 0) == Http3Frames.SETTINGS) {
            int at = Http3Frames.header(whole);
            while (at < whole.length()) { // every turn moves on
                long setting = Http3Frames.number(whole, at);
                at += Http3Frames.width(whole, at);
                long value = Http3Frames.number(whole, at);
                at += Http3Frames.width(whole, at);
                if (setting == Http3Frames.TABLE_CAPACITY && value >= 0) {
                    tables.of(side.other()).capacity(value);
                }
            }
            length -= Math.min(length, MAX_SETTINGS);
        }
        if (length > 0) {
            connection.skip(length);
        }
    }
}
