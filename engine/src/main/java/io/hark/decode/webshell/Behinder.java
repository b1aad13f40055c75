package io.hark.decode.webshell;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Legible;
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

/// Behinder, versions 1 to 3.
///
/// *Shape*: a body that is base64 of code under a key made of the shell's password ([Crypt]): Java
/// classes for JSP, `eval(base64_decode('…'))` for PHP; an answer that is JSON under the same key,
/// bare or in base64. *Key*: the server's name and the path. *Source*: published analyses; pairs in
/// xsgwork/webshell-decryptor. No real capture verifies it.
public final class Behinder implements Decoder<ShellState> {

    private static final int CONVINCED = 4; // calls before a password is asked for
    private static final List<String> LAYERS = List.of("tcp", "http", "base64", "aes");
    private static final Set<String> SCRIPTS = Set.of("php", "jsp", "jspx", "asp", "aspx", "ashx");

    @Override
    public String name() {
        return "behinder";
    }

    @Override
    public String about() {
        return "the web shell Behinder";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Behinder"),
                Set.of(Carrier.HTTP),
                Set.of(Secret.Kind.PASSWORD),
                "everything where the password is the one it comes with; else that it is called",
                "orders and answers, with the shell's password",
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
            return Verdict.MORE;
        }
        return Crypt.isSealed(seen.exchange().requestBody()) ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        if (input instanceof HttpExchange exchange) {
            sink.add(ShellState.place(exchange));
        }
    }

    @Override
    public @Nullable ShellState converse(
            Carried piece, @Nullable ShellState state, Conversation turn) {
        if (!(piece instanceof HttpExchange exchange)) {
            return state;
        }
        for (Crypt.Key key : Crypt.behinder(turn)) {
            String order = key.order(exchange.requestBody());
            if (order == null) {
                continue;
            }
            Secret secret = key.secret();
            if (secret != null) {
                turn.opened(secret);
            }
            Voice voice =
                    Voice.of(this, turn, piece)
                            .within(LAYERS)
                            .operatorAt(Side.ORIGINATOR)
                            .openedBy(
                                    secret == null ? "the password it comes with" : secret.name());
            voice.say(
                    piece.ts(),
                    Speaker.OPERATOR,
                    Topic.SHELL,
                    order,
                    Fact.of("bytes", exchange.requestBody().length));
            String answer = key.answer(exchange.responseBody());
            if (answer != null) {
                voice.say(piece.ts(), Speaker.IMPLANT, Topic.SHELL, answer);
            }
            return ShellState.after(state, piece, true, "opened");
        }
        ShellState after = ShellState.after(state, piece, false, state == null ? "" : state.mark());
        if (after.orders() == CONVINCED && after.mark().isEmpty() && isScript(exchange)) {
            turn.undecoded(
                    Secret.Kind.PASSWORD,
                    "calls of "
                            + ShellState.place(exchange)
                            + " are base64 of whole blocks, as Behinder's are: the shell's password opens them");
        }
        return after;
    }

    private static boolean isScript(HttpExchange exchange) {
        String place = ShellState.place(exchange);
        return SCRIPTS.contains(place.substring(place.lastIndexOf('.') + 1))
                && Legible.isText(place);
    }

    @Override
    public void end(ShellState state, Turn<Message> turn) {
        if (state.mark().equals("opened")) {
            state.end(this, name(), turn);
        }
    }
}
