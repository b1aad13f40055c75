package io.hark.decode.webshell;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Web shells that run the code in a form's field: China Chopper and AntSword, whose clients frame
/// answers with marks ([Order]).
///
/// *Key*: the server's name, the path and the password. No real capture verifies it.
public final class CodeShells implements Decoder<ShellState> {

    @Override
    public String name() {
        return "web-shell";
    }

    @Override
    public String about() {
        return "web shells that run the code in a form: China Chopper, AntSword";
    }

    @Override
    public Info info() {
        Set<Secret.Kind> none = Set.of();
        return new Info(
                List.of("China Chopper", "AntSword"),
                Set.of(Carrier.HTTP),
                none,
                "everything",
                "",
                false);
    }

    @Override
    public Class<ShellState> stateType() {
        return ShellState.class;
    }

    @Override
    public int taste(Tasting tasting) {
        if (!(tasting instanceof ExchangeSeen seen) || !seen.exchange().method().equals("POST")) {
            return Verdict.NO;
        } else if (!seen.whole()) {
            String type = HttpExchange.header(seen.exchange().requestHeaders(), "Content-Type");
            return type.contains("urlencoded") ? Verdict.MORE : Verdict.NO;
        }
        return Order.of(seen.exchange()) != null ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof HttpExchange exchange) {
            Order order = Order.of(exchange);
            if (order != null) {
                sink.add(ShellState.place(exchange) + " " + order.password());
            }
        }
    }

    @Override
    public @Nullable ShellState converse(
            Carried piece, @Nullable ShellState state, Conversation turn) {
        if (!(piece instanceof HttpExchange exchange)) {
            return state;
        }
        Order order = Order.of(exchange);
        if (order == null) {
            return state;
        }
        Voice voice =
                Voice.of(this, turn, piece, "tcp", "http", "form", "base64")
                        .ofFamily(order.family())
                        .operatorAt(Side.ORIGINATOR);
        voice.say(
                piece.ts(),
                Speaker.OPERATOR,
                Topic.SHELL,
                order.text(),
                Fact.of("code", order.code()));
        String answer = order.answer(exchange);
        if (answer != null) {
            voice.within(List.of("tcp", "http"))
                    .say(piece.ts(), Speaker.IMPLANT, Topic.SHELL, answer);
        }
        return ShellState.after(state, piece, true, order.family());
    }

    @Override
    public void end(ShellState state, Turn<Message> turn) {
        state.end(this, state.mark(), turn);
    }
}
