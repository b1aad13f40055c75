package io.hark.parse.http2;

import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Side;
import io.hark.format.hpack.QpackReader;
import org.jspecify.annotations.Nullable;

/// A stream of HTTP/3 both ways: one request and its answer.
///
/// Data goes by without being kept. A header block waits until the header table has what it needs,
/// and what is behind it waits with it.
///
/// *Thread*: one owner, the worker. *Errors*: `http3_header_bomb`. *Source*: RFC 9114 §4, §7.
final class Http3Request implements StreamParser.Session {

    private static final String VERSION = "3";

    private final Connection connection;
    private final Http3Tables tables;
    private final DnsBodies dns;
    private final Side client;
    private @Nullable Exchange exchange;

    Http3Request(Connection connection, Http3Tables tables, Side client) {
        this.connection = connection;
        this.tables = tables;
        this.dns = new DnsBodies(connection);
        this.client = client;
    }

    @Override
    public int maxMessage() {
        return Http2Session.MAX_BLOCK;
    }

    @Override
    public int frame(Bytes head, Side side) {
        long length = Http3Frames.length(head);
        if (length < 0) {
            return MORE;
        }
        int header = Http3Frames.header(head);
        long type = Http3Frames.number(head, 0);
        boolean tunnel = exchange != null && exchange.tunnel != null;
        if (type != Http3Frames.HEADERS && !(type == Http3Frames.DATA && tunnel)) {
            return header;
        }
        if (length > Http2Session.MAX_BLOCK - header) {
            return MALFORMED;
        }
        int whole = header + (int) length;
        if (type == Http3Frames.HEADERS && whole <= head.length()) {
            Bytes block = new Bytes().wrap(head);
            block.skip(header);
            return tables.of(side).canRead(block) ? whole : MORE;
        }
        return whole;
    }

    @Override
    public void message(Bytes whole, Side side) {
        long length = Http3Frames.length(whole);
        long type = Http3Frames.number(whole, 0);
        whole.skip(Http3Frames.header(whole));
        if (type == Http3Frames.HEADERS) {
            fields(whole, side);
        } else if (type != Http3Frames.DATA || exchange == null) {
            if (length > 0) {
                connection.skip(length);
            }
        } else if (exchange.tunnel != null) {
            exchange.tunnel.take(new Bytes().wrap(whole), side);
        } else if (length > 0) {
            connection.pass(exchange.body(exchange.of(side), connection), length);
        }
    }

    private void fields(Bytes block, Side side) {
        Head head = new Head();
        QpackReader reader = tables.of(side);
        if (!reader.read(block, head)) {
            connection.anomaly("http3_header_bomb", null);
        }
        if (!block.ok()) {
            return;
        }
        Exchange known = exchange;
        if (known == null) {
            known = new Exchange(VERSION, tables.next(), connection.now(), client);
            exchange = known;
            connection.confirm();
        }
        if (side == client) {
            if (known.request.head == null) {
                known.asks(head, connection);
            }
        } else {
            known.answers(head, false, connection);
        }
    }

    @Override
    public void end(Side side) {
        if (exchange != null) {
            exchange.done(exchange.of(side), dns);
        }
    }

    @Override
    public void close() {
        if (exchange != null) {
            exchange.write(connection);
        }
        dns.close();
    }
}
