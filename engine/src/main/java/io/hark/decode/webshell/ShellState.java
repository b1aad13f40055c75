package io.hark.decode.webshell;

import io.hark.Decoder;
import io.hark.Keyed;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import org.jspecify.annotations.Nullable;

/// What is known of one web shell.
///
/// @param orders how often it was called
/// @param closed orders that nothing opened
/// @param mark whose client it is, or what its answers have in common
/// @param first when it was first called
/// @param last when it was last called
/// @param uid a connection
/// @param id its endpoints
public record ShellState(
        long orders, long closed, String mark, long first, long last, String uid, Endpoints id)
        implements Stored {

    /// One more call.
    static ShellState after(@Nullable ShellState before, Carried piece, boolean open, String mark) {
        ShellState s =
                before == null
                        ? new ShellState(0, 0, "", piece.ts(), 0, piece.uid(), piece.id())
                        : before;
        long closed = s.closed + (open ? 0 : 1);
        return new ShellState(
                s.orders + 1, closed, mark, s.first, piece.ts(), piece.uid(), piece.id());
    }

    /// Where a web shell stands: the server's name and the path.
    static String place(HttpExchange exchange) {
        String uri = exchange.uri();
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        return HttpExchange.header(exchange.requestHeaders(), "Host") + path;
    }

    /// The last word about a shell.
    void end(Decoder<?> decoder, String family, Keyed.Turn<Message> turn) {
        double seconds = (last - first) / 1e9;
        Voice.of(decoder, turn, uid, id, "tcp", "http")
                .ofFamily(family)
                .operatorAt(Side.ORIGINATOR)
                .say(
                        last,
                        Speaker.OPERATOR,
                        Topic.CONTROL,
                        "called %d times in %.0f s; %d orders stay closed"
                                .formatted(orders, seconds, closed),
                        Fact.of("orders", orders),
                        Fact.of("seconds", seconds),
                        Fact.of("closed_bodies", closed));
    }
}
