package io.hark.decode.tunnel;

import io.hark.Decoder.Conversation;
import io.hark.Secret;
import io.hark.Voice;
import io.hark.bytes.BigEndian;
import io.hark.bytes.Legible;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One message of a dnscat2 session being read.
final class Dnscat2Talk {

    private static final int CONVINCED = 3; // answers that fit, where no beginning was seen
    private static final int MAX_TRIES = 16; // packets that may be damaged, or not sealed at all
    private static final int MAX_TEXT = 256; // characters of a name
    private static final int NAMED = 1; // option of a SYN
    private static final int INIT = 0; // of an ENC
    private static final int AUTH = 1;
    private static final int FLAGS = 2;
    private static final int NUMBERS = 4; // octets of sequence and acknowledgement

    private final Conversation turn;
    private final Dnscat2Session before;
    private int pairs;
    private int proof;
    private byte[] client;
    private byte[] server;
    private byte[] shared;
    private String secret;
    private String password;
    private int tries;
    private String name;
    private int options;
    private Dnscat2Stream up;
    private Dnscat2Stream down;
    private int upNumber;
    private int downNumber;
    private Traffic sealed;
    private Traffic traffic;
    private boolean finished;
    private List<Place> last;

    Dnscat2Talk(Dnscat2Session state, Conversation turn) {
        this.turn = turn;
        this.before = state;
        this.pairs = state.pairs();
        this.proof = state.proof();
        this.client = state.client();
        this.server = state.server();
        this.shared = state.shared();
        this.secret = state.secret();
        this.password = state.password();
        this.tries = state.tries();
        this.name = state.name();
        this.options = state.options();
        this.up = state.up();
        this.down = state.down();
        this.upNumber = state.upNumber();
        this.downNumber = state.downNumber();
        this.sealed = state.sealed();
        this.traffic = state.traffic();
        this.finished = state.finished();
        this.last = state.last();
    }

    Dnscat2Session state() {
        return new Dnscat2Session(
                pairs,
                proof,
                client,
                server,
                shared,
                secret,
                password,
                tries,
                name,
                options,
                up,
                down,
                upNumber,
                downNumber,
                sealed,
                traffic,
                finished,
                last);
    }

    void asked(Place place, Dnscat2Packet packet) {
        last = List.of(place);
        take(place, packet, Speaker.IMPLANT);
        tell(place);
    }

    /// An answer that fits the name it answers, which a tap may have missed.
    void answered(Place place, Dnscat2Packet asked, Dnscat2Packet answer) {
        last = List.of(place);
        take(place, asked, Speaker.IMPLANT);
        take(place, answer, Speaker.OPERATOR);
        if (proof == 0 && isProof(asked, answer)) {
            proof = Dnscat2Session.PROVEN;
        }
        tell(place);
    }

    /// Whether nothing but dnscat2 says these two to each other.
    private boolean isProof(Dnscat2Packet asked, Dnscat2Packet answer) {
        return switch (asked.type()) {
            case Dnscat2Packet.SYN -> options >= 0 && answer.type() == Dnscat2Packet.SYN;
            case Dnscat2Packet.ENC -> client.length > 0 && server.length > 0;
            case Dnscat2Packet.MSG -> {
                byte[] answered = answer.body();
                boolean follows =
                        answered.length >= NUMBERS
                                && BigEndian.u16(answered, 0) == BigEndian.u16(asked.body(), 2)
                                && answer.type() == Dnscat2Packet.MSG;
                pairs = follows ? pairs + 1 : 0;
                yield pairs >= CONVINCED;
            }
            default -> false;
        };
    }

    private Dnscat2Session now() {
        return state();
    }

    private void take(Place place, Dnscat2Packet packet, Speaker side) {
        boolean fromClient = side == Speaker.IMPLANT;
        byte[] open = open(packet, fromClient);
        if (open != null) {
            read(place, packet.type(), open, side);
        } else if (packet.type() == Dnscat2Packet.ENC && isInit(packet.body())) {
            agree(packet.body(), fromClient);
        } else if (now().isSealed()) {
            closed(place, packet, side);
        } else {
            read(place, packet.type(), packet.body(), side);
        }
    }

    private static boolean isInit(byte[] body) {
        return body.length == 2 + FLAGS + Dnscat2Cipher.POINT && BigEndian.u16(body, 0) == INIT;
    }

    private void agree(byte[] body, boolean fromClient) {
        byte[] key = Arrays.copyOfRange(body, 2 + FLAGS, body.length);
        if (!Arrays.equals(key, fromClient ? client : server)) {
            tries = 0;
        }
        if (fromClient) {
            client = key;
        } else {
            server = key;
        }
    }

    /// The body under the signature of a secret that is known, or null.
    private byte @Nullable [] open(Dnscat2Packet packet, boolean fromClient) {
        if (shared.length > 0) {
            byte[] open = new Dnscat2Cipher(shared).open(packet, fromClient);
            if (open != null) {
                return open;
            }
        }
        if (tries >= MAX_TRIES || packet.type() == Dnscat2Packet.SYN && !now().isSealed()) {
            return null;
        }
        for (Secret one : turn.secrets(Secret.Kind.BYTES)) {
            for (Dnscat2Cipher cipher :
                    Dnscat2Cipher.candidates(one.value("bytes"), client, server)) {
                byte[] open = cipher.open(packet, fromClient);
                if (open != null) {
                    shared = cipher.shared();
                    secret = one.name();
                    tries = 0;
                    proof = Math.max(proof, Dnscat2Session.PROVEN);
                    turn.opened(one);
                    return open;
                }
            }
        }
        tries++;
        return null;
    }

    private void closed(Place place, Dnscat2Packet packet, Speaker side) {
        boolean fromClient = side == Speaker.IMPLANT;
        int number = Dnscat2Cipher.number(packet);
        if (number > (fromClient ? upNumber : downNumber)) {
            sealed = sealed.and(side, place.ts(), packet.body().length);
            if (fromClient) {
                upNumber = number;
            } else {
                downNumber = number;
            }
        }
        turn.undecoded(
                Secret.Kind.BYTES,
                "session "
                        + packet.session()
                        + " is sealed: its shared secret or the private key of either end, 32 octets, opens"
                        + " it, and is in the memory of both; a pre-shared secret does not, it only proves who"
                        + " they are");
    }

    private void read(Place place, int type, byte[] body, Speaker side) {
        switch (type) {
            case Dnscat2Packet.SYN -> syn(body, side);
            case Dnscat2Packet.MSG -> {
                if (body.length >= NUMBERS) {
                    data(place, body, side);
                }
            }
            case Dnscat2Packet.FIN -> fin(place, body, side);
            default -> {
                boolean proves = body.length == 2 + FLAGS + Dnscat2Cipher.PROOF;
                if (isInit(body)) {
                    agree(body, side == Speaker.IMPLANT);
                } else if (proves && BigEndian.u16(body, 0) == AUTH) {
                    proved(place, Arrays.copyOfRange(body, 2 + FLAGS, body.length), side);
                }
            }
        }
    }

    private void syn(byte[] body, Speaker side) {
        if (body.length < NUMBERS) {
            return;
        }
        int begin = BigEndian.u16(body, 0);
        if (side == Speaker.OPERATOR) {
            down = down.begin(begin);
            return;
        }
        up = up.begin(begin);
        if (options < 0) {
            options = BigEndian.u16(body, 2);
            boolean named = (options & NAMED) != 0;
            String text = named ? Legible.of(Arrays.copyOfRange(body, NUMBERS, body.length)) : "";
            name = text.substring(0, Math.min(text.length(), MAX_TEXT));
        }
    }

    private void data(Place place, byte[] body, Speaker side) {
        byte[] data = Arrays.copyOfRange(body, NUMBERS, body.length);
        int number = BigEndian.u16(body, 0);
        Dnscat2Stream stream = side == Speaker.IMPLANT ? up : down;
        Dnscat2Stream after = stream.take(number, data);
        int fresh = after.next() - Math.max(stream.next(), 0) & 0xffff;
        if (stream.next() >= 0 && fresh > 0 || stream.next() < 0 && data.length > 0) {
            traffic = traffic.and(side, place.ts(), stream.next() < 0 ? data.length : fresh);
        }
        put(after, side);
    }

    private void put(Dnscat2Stream stream, Speaker side) {
        if (side == Speaker.IMPLANT) {
            up = stream;
        } else {
            down = stream;
        }
    }

    /// Says what is new, once it is sure that this is dnscat2.
    private void tell(Place place) {
        if (proof < Dnscat2Session.PROVEN) {
            return;
        }
        if (proof < Dnscat2Session.TOLD
                && (options >= 0 || traffic != before.traffic() || isLost())) {
            proof = Dnscat2Session.TOLD;
            opened(place);
        }
        put(said(place, up, Speaker.IMPLANT), Speaker.IMPLANT);
        put(said(place, down, Speaker.OPERATOR), Speaker.OPERATOR);
    }

    /// Whether it is sealed, and no secret opens it.
    private boolean isLost() {
        return shared.length == 0 && now().isSealed() && !sealed.isNone();
    }

    private void opened(Place place) {
        List<Fact> facts = new ArrayList<>();
        String key = turn.key().name();
        int blank = key.lastIndexOf(' ');
        String session = key.substring(blank + 1);
        facts.add(Fact.of("domain", key.substring(0, blank)));
        facts.add(Fact.of("session", session));
        facts.add(Fact.of("encrypted", String.valueOf(now().isSealed())));
        String text = "opens session " + session;
        if (options >= 0) {
            facts.add(Fact.of("name", name));
            facts.add(Fact.of("commands", String.valueOf(now().isCommands())));
            text += name.isEmpty() ? "" : ", " + name;
            text += now().isCommands() ? ", for commands" : "";
        }
        text += isLost() ? ", sealed with keys of its own" : "";
        voice(place).say(place.ts(), Speaker.IMPLANT, Topic.TUNNEL_OPENED, text, facts);
    }

    private Voice voice(Place place) {
        return now().voice(turn, place);
    }

    private Dnscat2Stream said(Place place, Dnscat2Stream stream, Speaker side) {
        if (stream.missing() > 0) {
            voice(place).gap(place.ts(), side, stream.missing());
        }
        Dnscat2Stream whole = stream.toldMissing();
        return now().isCommands()
                ? new Dnscat2Commands(turn, voice(place), place.ts()).take(whole, side)
                : new Dnscat2Lines(voice(place), place.ts()).take(whole, side);
    }

    private void fin(Place place, byte[] body, Speaker side) {
        if (finished || proof < Dnscat2Session.PROVEN) {
            return;
        }
        finished = true;
        tell(place);
        String reason = Legible.of(body);
        String text = "ends the session" + (reason.isEmpty() ? "" : ": " + reason);
        voice(place).say(place.ts(), side, Topic.CONTROL, text);
    }

    private void proved(Place place, byte[] proof, Speaker side) {
        boolean fromClient = side == Speaker.IMPLANT;
        if (!password.isEmpty()) {
            return;
        }
        for (Secret one : turn.secrets(Secret.Kind.PASSWORD)) {
            if (new Dnscat2Cipher(shared)
                    .isProved(proof, fromClient, client, server, one.value("password"))) {
                password = one.name();
                String text = "proves to know the pre-shared secret " + password;
                voice(place).say(place.ts(), side, Topic.KEY_EXCHANGE, text);
                return;
            }
        }
    }
}
