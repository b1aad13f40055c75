package io.hark.decode.webshell;

import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Digests;
import io.hark.bytes.Legible;
import io.hark.bytes.codec.Deflate;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.format.web.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Godzilla with its base64 codings for PHP and Java.
///
/// *Shape*: a form's field, whose name is the password, holds base64 of an order under the secret
/// key ([Crypt]), perhaps gzipped; the answer is base64 of the same kind between the two halves of
/// MD5(password + key), in hex. These halves are the key check.
///
/// *Key*: the server's name, the path and the password. *Source*: xsgwork/webshell-decryptor,
/// published analyses. No real capture verifies it.
public final class Godzilla implements Decoder<ShellState> {

    private static final int MAX_PLAIN = 1 << 22; // octets of an order or answer
    private static final int CONVINCED =
            2; // answers with the same marks before a password is asked for
    private static final int MARK = 16; // hex digits on either side of an answer
    private static final Pattern ANSWER =
            Pattern.compile("([0-9a-fA-F]{16})([A-Za-z0-9+/]+={0,2})([0-9a-fA-F]{16})");
    private static final List<String> LAYERS =
            List.of("tcp", "http", "base64", "aes or xor", "gzip");

    @Override
    public String name() {
        return "godzilla";
    }

    @Override
    public String about() {
        return "the web shell Godzilla";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Godzilla"),
                Set.of(Carrier.HTTP),
                Set.of(Secret.Kind.PASSWORD),
                "everything where the key is the one it comes with; else that it is called, and its password",
                "orders and answers, with the shell's secret key",
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
        boolean mine = answer(seen.exchange()) != null && order(seen.exchange()) != null;
        return mine ? Verdict.YES : Verdict.NO;
    }

    /// The field that holds an order, or null.
    private static @Nullable Field order(HttpExchange exchange) {
        String body = new String(exchange.requestBody(), StandardCharsets.ISO_8859_1);
        for (Field field : Field.form(body)) {
            String value = field.value().replace(' ', '+');
            if (value.length() >= 24 && TextCodec.BASE64.decode(value) != null) {
                return new Field(field.name(), value);
            }
        }
        return null;
    }

    private static @Nullable Matcher answer(HttpExchange exchange) {
        if (!beginsWithMark(exchange.responseBody())) {
            return null;
        }
        String body = new String(exchange.responseBody(), StandardCharsets.ISO_8859_1).strip();
        Matcher answer = ANSWER.matcher(body);
        return answer.matches() ? answer : null;
    }

    /// Whether hex digits enough for a mark stand at the beginning, as they hardly ever do.
    private static boolean beginsWithMark(byte[] body) {
        int at = 0;
        while (at < body.length && Character.isWhitespace(body[at] & 0xff)) {
            at++;
        }
        for (int i = at; i < at + MARK; i++) {
            if (i >= body.length || Character.digit(body[i] & 0xff, 16) < 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        Field order = input instanceof HttpExchange exchange ? order(exchange) : null;
        if (input instanceof HttpExchange exchange && order != null) {
            sink.add(ShellState.place(exchange) + " " + order.name());
        }
    }

    @Override
    public @Nullable ShellState converse(
            Carried piece, @Nullable ShellState state, Conversation turn) {
        if (!(piece instanceof HttpExchange exchange)) {
            return state;
        }
        Field order = order(exchange);
        Matcher answer = answer(exchange);
        if (order == null || answer == null) {
            return state;
        }
        String marks = answer.group(1) + answer.group(3);
        for (Crypt.Key key : Crypt.godzilla(turn)) {
            if (!marks.toLowerCase(Locale.ROOT).equals(marks(order.name(), key))) {
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
                            .openedBy(secret == null ? "the key it comes with" : secret.name());
            voice.say(
                    piece.ts(),
                    Speaker.OPERATOR,
                    Topic.SHELL,
                    plain(key, order.value()),
                    Fact.of("bytes", exchange.requestBody().length));
            voice.say(piece.ts(), Speaker.IMPLANT, Topic.SHELL, plain(key, answer.group(2)));
            return ShellState.after(state, piece, true, "opened");
        }
        boolean again = state != null && state.mark().equals(marks);
        if (state != null && again && state.orders() + 1 == CONVINCED) {
            turn.undecoded(
                    Secret.Kind.PASSWORD,
                    "answers of "
                            + ShellState.place(exchange)
                            + " stand between the same 32 hex digits, as Godzilla's do: its secret key opens them");
        }
        return ShellState.after(state, piece, false, marks);
    }

    private static String marks(String password, Crypt.Key key) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(password.getBytes(StandardCharsets.UTF_8));
        both.writeBytes(key.key());
        return HexFormat.of().formatHex(Digests.md5(both.toByteArray()));
    }

    /// What is in base64 under a key that is known to be the right one: gzip if that is what comes
    /// out, else what reads as text.
    private static String plain(Crypt.Key key, String base64) {
        byte[] sealed = TextCodec.BASE64.decode(base64);
        String best = "";
        for (byte[] opened : sealed == null ? List.<byte[]>of() : key.opened(sealed)) {
            boolean gzip = opened.length > 2 && opened[0] == 0x1f && opened[1] == (byte) 0x8b;
            byte[] inside =
                    gzip ? Deflate.of(Deflate.Wrapping.GZIP, MAX_PLAIN).decode(opened) : opened;
            if (gzip && inside != null) {
                return Legible.of(inside);
            } else if (best.isEmpty() && inside != null) {
                best = Legible.of(inside);
            }
        }
        return best;
    }

    @Override
    public void end(ShellState state, Turn<Message> turn) {
        if (state.mark().equals("opened")) {
            state.end(this, name(), turn);
        }
    }
}
