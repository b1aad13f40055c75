package io.hark.decode.webshell;

import io.hark.Contact;
import io.hark.Decoder;
import io.hark.Keyed;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
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
/// @param contact when and by what it was called
public record ShellState(long orders, long closed, String mark, Contact contact) implements Stored {

    /// One more call.
    static ShellState after(@Nullable ShellState before, Carried piece, boolean open, String mark) {
        long closed = open ? 0 : 1;
        return before == null
                ? new ShellState(1, closed, mark, Contact.of(null, piece))
                : new ShellState(
                        before.orders + 1,
                        before.closed + closed,
                        mark,
                        Contact.of(before.contact, piece));
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
        double seconds = contact.seconds();
        contact.voice(decoder, turn, "tcp", "http")
                .ofFamily(family)
                .operatorAt(Side.ORIGINATOR)
                .say(
                        contact.last(),
                        Speaker.OPERATOR,
                        Topic.CONTROL,
                        "called %d times in %.0f s; %d orders stay closed"
                                .formatted(orders, seconds, closed),
                        Fact.of("orders", orders),
                        Fact.of("seconds", seconds),
                        Fact.of("closed_bodies", closed));
    }
}
