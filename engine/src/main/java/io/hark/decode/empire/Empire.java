package io.hark.decode.empire;

import io.hark.Contact;
import io.hark.Decoder;
import io.hark.Key;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// PowerShell Empire over HTTP.
///
/// *Shape*: a request carries a [RoutingPacket] in a cookie (base64 of 20 octets), or packets in
/// its body; the answer to STAGE0 is the first stage under RC4, to others packets or an idle page.
/// Data in packets is `IV[16] AES-CBC HMAC-SHA256[10]`: of STAGE1 under the staging key, later
/// under the session key.
///
/// *Key*: the session id, which stands under the staging key; where nothing opens it, the client.
/// Profiles change cookie names, addresses of pages and headers, so none of them is looked at.
///
/// *Source*: EmpireProject/Empire (`lib/common/packets.py`, `lib/common/encryption.py`), a recorded
/// operation whose staging key is known. What the session key opens is not verified by a capture.
public final class Empire implements Decoder<Empire.Session> {

    /// What is not yet opened must have polled so often, each time with another cookie.
    private static final int CONVINCED = 4;

    private static final int MAX_COOKIES = 32; // remembered: programs of one client with one each

    private static final int OVERHEAD = 26; // IV and MAC of encrypted data
    private static final int BLOCK = 16;

    /// What is known of one session.
    ///
    /// @param polls how often it asked for tasks
    /// @param packets routing packets of it
    /// @param sealed encrypted data that no session key opened
    /// @param cookies the last cookies of a client that is not opened, each once
    /// @param contact when and by what it was heard
    /// @param secret the staging key's name; empty if none
    public record Session(
            long polls,
            long packets,
            long sealed,
            List<String> cookies,
            Contact contact,
            String secret)
            implements Stored {}

    @Override
    public String name() {
        return "empire";
    }

    @Override
    public String about() {
        return "PowerShell Empire over HTTP";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Empire"),
                Set.of(Carrier.HTTP),
                Set.of(
                        Secret.Kind.BYTES,
                        Secret.Kind.PASSWORD,
                        Secret.Kind.AES,
                        Secret.Kind.RSA_PRIVATE),
                "that clients poll as its implants do",
                "with the staging key sessions, every routing packet, stage 0 and 1; with the session key tasks and results (these unverified, as are Python implants)",
                true);
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    // ---- taste

    @Override
    public int taste(Tasting tasting) {
        if (!(tasting instanceof ExchangeSeen seen)) {
            return Verdict.NO;
        }
        HttpExchange exchange = seen.exchange();
        boolean cookie = Opened.cookie(exchange).length > 0;
        if (!exchange.method().equals("POST")) {
            return !cookie ? Verdict.NO : seen.whole() ? Verdict.YES : Verdict.MORE;
        } else if (!seen.whole()) {
            String type = HttpExchange.header(exchange.requestHeaders(), "Content-Type");
            boolean plain = type.isEmpty() || type.contains("urlencoded") || type.contains("octet");
            return cookie || plain ? Verdict.MORE : Verdict.NO;
        }
        return isSealed(exchange.requestBody()) ? Verdict.YES : Verdict.NO;
    }

    /// Whether a body has the size of one packet with encrypted data, and is no text.
    private static boolean isSealed(byte[] body) {
        int data = body.length - RoutingPacket.SIZE - OVERHEAD;
        if (data < BLOCK || data % BLOCK != 0) {
            return false;
        }
        int odd = 0;
        for (int i = 0; i < RoutingPacket.SIZE + BLOCK; i++) {
            odd += body[i] < ' ' ? 1 : 0; // also what is above 0x7f
        }
        return odd
                >= 8; // of 36 octets at random some 20; of UTF-8 in an eastern script all, of text
        // none
    }

    // ---- keys

    @Override
    public void keys(Carried input, Keys sink) {
        sink.add(input.id().orig_h(), Key.NOBODY, 0, "unopened");
    }

    @Override
    public void keys(Carried input, Secrets secrets, Keys sink) {
        Opened opened =
                input instanceof HttpExchange exchange ? Opened.of(exchange, secrets) : null;
        if (opened == null) {
            keys(input, sink);
            return;
        }
        for (String session : opened.sessions()) {
            sink.add(conversation(session, input));
        }
    }

    /// All that have no name yet bear the same one: their connection tells them apart.
    static String conversation(String session, Carried input) {
        boolean nameless = session.equals(RoutingPacket.NAMELESS);
        return nameless ? session + " " + input.uid() : session;
    }

    // ---- conversation

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        if (!(piece instanceof HttpExchange exchange)) {
            return state;
        }
        Opened opened = Opened.of(exchange, turn);
        Session before =
                state == null
                        ? new Session(0, 0, 0, List.of(), Contact.of(null, piece), "")
                        : state;
        return opened == null
                ? unopened(exchange, before, turn)
                : new EmpireTalk(this, exchange, opened, turn).read(before);
    }

    /// Counts polls of a client that nothing opens. A browser says what it accepts; a cookie that a
    /// server sets stays the same.
    private Session unopened(HttpExchange exchange, Session before, Conversation turn) {
        String cookie = HexFormat.of().formatHex(Opened.cookie(exchange));
        boolean fresh =
                !cookie.isEmpty()
                        && !before.cookies.contains(cookie)
                        && HttpExchange.header(exchange.requestHeaders(), "Accept").isEmpty()
                        && HttpExchange.header(exchange.responseHeaders(), "Set-Cookie").isEmpty();
        long polls = before.polls + (fresh ? 1 : 0);
        List<String> cookies = new ArrayList<>(before.cookies);
        if (fresh) {
            cookies.add(cookie);
            cookies.subList(0, Math.max(0, cookies.size() - MAX_COOKIES)).clear();
        }
        if (fresh && polls == CONVINCED) {
            String why =
                    "polls with a fresh cookie of 20 octets each time, as Empire does: the staging key opens it";
            turn.undecoded(Secret.Kind.BYTES, why);
        }
        return new Session(
                polls, 0, 0, List.copyOf(cookies), Contact.of(before.contact, exchange), "");
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        boolean opened = !state.secret.isEmpty();
        if (!opened && state.polls < CONVINCED) {
            return;
        }
        double seconds = state.contact.seconds();
        Voice voice =
                state.contact
                        .voice(this, turn, "tcp", "http", "cookie", "base64")
                        .verified(opened)
                        .openedBy(opened ? state.secret : null);
        String text =
                opened
                        ? "%d routing packets, %d polls in %.0f s; %d bodies need the session key"
                                .formatted(state.packets, state.polls, seconds, state.sealed)
                        : "polled %d times in %.0f s, each time with a fresh cookie of 20 octets"
                                .formatted(state.polls, seconds);
        voice.say(
                state.contact.last(),
                Speaker.IMPLANT,
                Topic.BEACON,
                text,
                Fact.of("routing_packets", state.packets),
                Fact.of("polls", state.polls),
                Fact.of("seconds", seconds),
                Fact.of("closed_bodies", state.sealed));
    }
}
