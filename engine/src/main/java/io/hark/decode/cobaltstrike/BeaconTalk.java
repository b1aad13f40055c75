package io.hark.decode.cobaltstrike;

import io.hark.Contact;
import io.hark.Decoder.Conversation;
import io.hark.Scope;
import io.hark.Secret;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.bytes.Legible;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One exchange of a beacon.
///
/// *Thread*: one owner, for the length of one call.
final class BeaconTalk {

    private static final int MAX_TASKS = 256; // in one answer
    private static final int CONVINCED = 5; // polls before a key is asked for
    private static final List<String> TASK = List.of("tcp", "http", "aes-cbc");

    private final HttpExchange exchange;
    private final Conversation turn;
    private final CobaltStrike.Session before;
    private final Voice voice;
    private long callbacks;
    private long answers;
    private long closed;
    private boolean told;
    private String secret;

    BeaconTalk(
            CobaltStrike decoder,
            HttpExchange exchange,
            Conversation turn,
            CobaltStrike.Session before) {
        this.exchange = exchange;
        this.turn = turn;
        this.before = before;
        told = before.told();
        secret = before.secret();
        voice = Voice.of(decoder, turn, exchange, "tcp", "http");
    }

    CobaltStrike.Session read() {
        Sighting seen = Sighting.of(exchange, turn);
        Config config = seen.config();
        boolean polls = seen.sealed() != null;
        if (config != null) {
            configuration(config);
        } else if (polls) {
            poll(seen);
        } else {
            callbacks(seen);
        }
        return new CobaltStrike.Session(
                before.polls() + (polls ? 1 : 0),
                before.callbacks() + callbacks,
                before.answers() + answers,
                before.closed() + closed,
                before.odd() + (polls && CobaltStrike.isOdd(exchange) ? 1 : 0),
                told,
                Contact.of(before.contact(), exchange),
                secret);
    }

    private void configuration(Config config) {
        if (!told) {
            String text =
                    "a stager got a beacon for %s port %d, asking every %d ms"
                            .formatted(
                                    config.text(Config.DOMAINS),
                                    config.number(Config.PORT),
                                    config.number(Config.SLEEP));
            voice.within(List.of("tcp", "http", "xor"))
                    .say(exchange.ts(), Speaker.OPERATOR, Topic.FILE_PUT, text, config.facts());
            told = true;
        }
        turn.derived(
                new Secret(
                        "profile of server " + config.server(),
                        Secret.Kind.PROFILE,
                        Map.of("profile", exchange.responseBody()),
                        Scope.ANY,
                        "stage downloaded in " + exchange.uid()));
    }

    private void poll(Sighting seen) {
        SessionKeys keys = seen.keys();
        Metadata metadata = seen.metadata();
        byte[] sealed = seen.sealed();
        if (metadata != null && keys != null && sealed != null) {
            turn.derived(keys.derived(seen.session(), sealed));
            if (!told) {
                voice.within(List.of("tcp", "http", "rsa"))
                        .openedBy(keys.secret().name())
                        .say(
                                exchange.ts(),
                                Speaker.IMPLANT,
                                Topic.SYSINFO,
                                metadata.text(),
                                metadata.facts());
                told = true;
            }
            opened(keys.secret());
        }
        if (exchange.responseBody().length > 0) {
            tasks(keys);
        } else if (keys == null && before.polls() + 1 == CONVINCED && before.odd() == 0) {
            turn.undecoded(
                    Secret.Kind.RSA_PRIVATE,
                    "polls with the same 128 octets each time, as a Cobalt Strike beacon does with its metadata");
        }
    }

    private void tasks(@Nullable SessionKeys known) {
        List<SessionKeys> all = known == null ? SessionKeys.all(turn) : List.of(known);
        for (byte[] candidate : Sighting.tasks(exchange, turn)) {
            SessionKeys keys = Sighting.opening(candidate, all);
            byte[] plain = keys == null ? null : keys.open(candidate);
            if (keys != null && plain != null) {
                answers++;
                opened(keys.secret());
                tasks(plain, voice.within(TASK).openedBy(keys.secret().name()));
                return;
            }
        }
        closed += known == null ? 1 : 0; // to a session that is open, a page of no meaning
    }

    /// `epoch:u32 length:u32`, then `command:u32 size:u32 data` one behind the other.
    private void tasks(byte[] plain, Voice open) {
        Bytes in = Bytes.of(plain);
        in.skip(4);
        in.limit(Math.min(in.u32(), in.remaining()));
        for (int i = 0; i < MAX_TASKS && in.remaining() >= 8; i++) {
            Words.Word word = Words.command(in.u32());
            int size = (int) Math.min(in.u32(), in.remaining());
            byte[] data = in.take(size);
            String text = word.name().equals("sleep") && size >= 8 ? sleep(data) : Legible.of(data);
            open.say(
                    exchange.ts(),
                    Speaker.OPERATOR,
                    word.topic(),
                    (word.name() + " " + text).strip(),
                    Fact.of("command", word.name()),
                    Fact.of("bytes", size));
        }
    }

    private static String sleep(byte[] data) {
        Bytes in = Bytes.of(data);
        return in.u32() + " ms, jitter " + in.u32() + " %";
    }

    private void callbacks(Sighting seen) {
        SessionKeys keys = seen.keys();
        for (byte[] frame : seen.frames()) {
            callbacks++;
            byte[] plain = keys == null ? null : keys.open(frame);
            if (keys == null || plain == null) {
                closed++;
                continue;
            }
            opened(keys.secret());
            Bytes in = Bytes.of(plain);
            long counter = in.u32();
            long size = in.u32(); // of the data and the kind before it
            Words.Word word = Words.callback(in.u32());
            byte[] data = in.take((int) Math.min(Math.max(0, size - 4), in.remaining()));
            boolean output = word.topic() == Topic.SHELL;
            voice.within(TASK)
                    .openedBy(keys.secret().name())
                    .say(
                            exchange.ts(),
                            Speaker.IMPLANT,
                            word.topic(),
                            output
                                    ? Legible.of(data).stripTrailing()
                                    : (word.name() + " " + told(word, data)).strip(),
                            Fact.of("callback", word.name()),
                            Fact.of("counter", counter),
                            Fact.of("bytes", data.length));
        }
        if (closed > 0) {
            String why =
                    "callbacks of session "
                            + turn.key().name()
                            + ": the session's AES and HMAC keys open them, or the server's RSA key with a poll";
            turn.undecoded(Secret.Kind.AES, why);
            turn.undecoded(Secret.Kind.RSA_PRIVATE, why);
        }
    }

    /// What is told of data: of a picture or a file its size.
    private static String told(Words.Word word, byte[] data) {
        return switch (word.name()) {
            case "file data", "screenshot", "read", "pipe read" -> data.length + " bytes";
            case "file" ->
                    data.length < 8
                            ? ""
                            : Legible.of(Arrays.copyOfRange(data, 8, data.length))
                                    + ", "
                                    + Bytes.of(Arrays.copyOfRange(data, 4, 8)).u32()
                                    + " bytes";
            default -> Legible.of(data);
        };
    }

    private void opened(Secret by) {
        secret = by.name();
        turn.opened(by);
    }
}
