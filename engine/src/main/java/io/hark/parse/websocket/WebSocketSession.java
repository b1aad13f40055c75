package io.hark.parse.websocket;

import io.hark.Connection;
import io.hark.Decoder;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.carry.HttpExchange;
import io.hark.carry.WebSocketMessage;
import io.hark.event.Side;
import io.hark.event.Websocket;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One WebSocket: counts messages by their frames' headers; what is in them is stepped over, but
/// for the beginning of each frame of data where decoders taste such.
///
/// ```
/// fin reserved (3 bits) kind (4)   masked length (7)   [length (2 | 8)]   [mask (4)]   payload
/// ```
///
/// *Source*: RFC 6455 §5.2, §5.5.1 (close).
final class WebSocketSession implements StreamParser.Session {

    private static final int FIN = 0x80;
    private static final int MASKED = 0x80;
    private static final int TEXT = 1;
    private static final int BINARY = 2;
    private static final int MASK = 4;
    private static final int CLOSE = 8;
    private static final int PONG = 10;
    private static final int MAX_CONTROL = 125; // octets of a control frame
    private static final int MAX_OFFERS = 16; // protocols or extensions in a header
    private static final int MAX_SHOWN = 8192; // octets of a frame's data that decoders are shown

    private final Connection connection;
    private final long ts;
    private final long[] messages = new long[2];
    private final long[] frames = new long[2];
    private final boolean tasted;
    private @Nullable Integer closeCode;

    WebSocketSession(Connection connection) {
        this.connection = connection;
        this.ts = connection.now();
        this.tasted = connection.isTasted(Decoder.Carrier.WEB_SOCKET);
    }

    @Override
    public int frame(Bytes head, Side side) {
        int first = head.peek(0);
        int kind = first & 0xf;
        if (first >= 0 && (kind > BINARY && kind < CLOSE || kind > PONG)) {
            return MALFORMED;
        }
        int header = header(head);
        if (header == MORE || kind != CLOSE && !(tasted && kind <= BINARY)) {
            return header;
        } else if (kind != CLOSE) {
            int shown = header + shown(head);
            return shown > head.length() ? MORE : shown;
        }
        int length = head.peek(1) & 0x7f;
        return length > MAX_CONTROL
                ? MALFORMED
                : header + length > head.length() ? MORE : header + length;
    }

    private static int header(Bytes head) {
        int second = head.peek(1);
        if (second < 0) {
            return MORE;
        }
        int length = second & 0x7f;
        int header = 2 + (length == 126 ? 2 : length == 127 ? 8 : 0);
        header += second >= MASKED ? 4 : 0;
        return header > head.length() ? MORE : header;
    }

    @Override
    public void message(Bytes whole, Side side) {
        int first = whole.u8();
        int second = whole.u8();
        int kind = first & 0xf;
        if (kind == CLOSE) {
            close(whole, second);
            return;
        }
        int low = second & 0x7f;
        long length = low == 126 ? whole.u16() : low == 127 ? whole.u64() : low;
        if (length < 0) {
            whole.fail("frame too long");
            return;
        }
        if (kind <= BINARY && (first & FIN) != 0) {
            messages[side.ordinal()]++;
        }
        if (tasted && kind <= BINARY) {
            byte[] mask = second >= MASKED ? whole.take(MASK) : new byte[MASK];
            byte[] shown = whole.take((int) Math.min(length, MAX_SHOWN));
            for (int i = 0; i < shown.length; i++) {
                shown[i] ^= mask[i % MASK];
            }
            offer(side, kind, shown, length);
            length -= shown.length;
        }
        if (length > 0) {
            connection.skip(length);
        }
    }

    /// How much of the payload whose header is there decoders are shown.
    private static int shown(Bytes head) {
        int low = head.peek(1) & 0x7f;
        long upper = low == 127 ? head.peekU32(2) : 0;
        long length = low == 126 ? head.peekU16(2) : low == 127 ? head.peekU32(6) : low;
        return upper != 0 ? MAX_SHOWN : (int) Math.min(length, MAX_SHOWN);
    }

    private void offer(Side side, int kind, byte[] shown, long length) {
        HttpExchange upgrade = upgrade();
        String agreed = upgraded(upgrade, true);
        connection.offer(
                new WebSocketMessage(
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        "",
                        0,
                        side,
                        upgrade == null ? "" : upgrade.uri(),
                        agreed.isEmpty() ? upgraded(upgrade, false) : agreed,
                        frames[side.ordinal()]++,
                        kind == TEXT,
                        shown,
                        shown.length == length));
    }

    private static String upgraded(@Nullable HttpExchange upgrade, boolean agreed) {
        List<String> headers =
                upgrade == null
                        ? List.of()
                        : agreed ? upgrade.responseHeaders() : upgrade.requestHeaders();
        return HttpExchange.header(headers, "Sec-WebSocket-Protocol");
    }

    private @Nullable HttpExchange upgrade() {
        return connection.context() instanceof HttpExchange exchange ? exchange : null;
    }

    private void close(Bytes in, int second) {
        boolean masked = second >= MASKED;
        long mask = masked ? in.u32() : 0;
        if ((second & 0x7f) >= 2 && closeCode == null) {
            closeCode = in.u16() ^ (int) (mask >>> 16);
        }
    }

    @Override
    public void close() {
        HttpExchange upgrade = upgrade();
        List<String> asked = upgrade == null ? List.of() : upgrade.requestHeaders();
        List<String> answered = upgrade == null ? List.of() : upgrade.responseHeaders();
        connection.emit(
                new Websocket(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        value(asked, "Host"),
                        upgrade == null ? null : upgrade.uri(),
                        value(asked, "User-Agent"),
                        value(answered, "Sec-WebSocket-Protocol"),
                        values(asked, "Sec-WebSocket-Protocol"),
                        values(answered, "Sec-WebSocket-Extensions"),
                        values(asked, "Sec-WebSocket-Extensions"),
                        messages[0],
                        messages[1],
                        closeCode));
    }

    private static @Nullable String value(List<String> headers, String name) {
        String value = HttpExchange.header(headers, name);
        return value.isEmpty() ? null : value;
    }

    private static @Nullable List<String> values(List<String> headers, String name) {
        String value = value(headers, name);
        return value == null
                ? null
                : Arrays.stream(value.split(",", MAX_OFFERS)).map(String::strip).toList();
    }
}
