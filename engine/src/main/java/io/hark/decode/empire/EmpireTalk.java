package io.hark.decode.empire;

import io.hark.Contact;
import io.hark.Decoder.Conversation;
import io.hark.Scope;
import io.hark.Secret;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.bytes.Digests;
import io.hark.bytes.codec.BlockCipher;
import io.hark.bytes.codec.StreamCipher;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One exchange of a session whose routing packets are open.
///
/// *Thread*: one owner, for the length of one call.
final class EmpireTalk {

    private static final String PUBLIC_KEY = "the implant's public key";
    private static final int MAC = 10;
    private static final int IV = 16;
    private static final int KEY = 32;
    private static final int MAX_TEXT = 1 << 14; // characters of one message
    private static final int MAX_TASKS = 256; // in one body
    private static final int MAX_KEYS = 4096; // session keys tried on one body
    private static final int NONCE = 16; // digits before the session key

    private final HttpExchange exchange;
    private final Opened opened;
    private final Conversation turn;
    private final Voice voice;
    private long sealed;

    EmpireTalk(Empire decoder, HttpExchange exchange, Opened opened, Conversation turn) {
        this.exchange = exchange;
        this.opened = opened;
        this.turn = turn;
        voice =
                Voice.of(decoder, turn, exchange, "tcp", "http", "rc4")
                        .openedBy(opened.secret().name());
    }

    /// Says what the exchange holds of the session at hand.
    Empire.Session read(Empire.Session before) {
        List<RoutingPacket> asked = mine(opened.cookie());
        List<RoutingPacket> brought = mine(opened.request());
        List<RoutingPacket> answered = mine(opened.response());
        asked.forEach(
                packet ->
                        route(
                                packet,
                                Speaker.IMPLANT,
                                List.of("tcp", "http", "cookie", "base64", "rc4")));
        brought.forEach(packet -> route(packet, Speaker.IMPLANT, voice.layers()));
        boolean stage0 = opened.request().isEmpty() && holds(asked, RoutingPacket.STAGE0);
        if (stage0) {
            firstStage();
        } else if (holds(brought, RoutingPacket.STAGE1)) {
            sessionKey();
        } else if (holds(brought, RoutingPacket.STAGE2) && answered.isEmpty()) {
            data(exchange.responseBody(), Speaker.OPERATOR, "the agent", false);
        }
        answered.forEach(packet -> route(packet, Speaker.OPERATOR, voice.layers()));
        long polls = asked.stream().filter(p -> p.meta() == RoutingPacket.TASKING_REQUEST).count();
        return new Empire.Session(
                before.polls() + polls,
                before.packets() + asked.size() + brought.size() + answered.size(),
                before.sealed() + sealed,
                List.of(),
                Contact.of(before.contact(), exchange),
                opened.secret().name());
    }

    private List<RoutingPacket> mine(List<RoutingPacket> packets) {
        String me = turn.key().name();
        return packets.stream()
                .filter(p -> Empire.conversation(p.session(), exchange).equals(me))
                .toList();
    }

    private static boolean holds(List<RoutingPacket> packets, int meta) {
        return packets.stream().anyMatch(packet -> packet.meta() == meta);
    }

    private void route(RoutingPacket packet, Speaker side, List<String> layers) {
        boolean poll = packet.meta() == RoutingPacket.TASKING_REQUEST;
        boolean stage = packet.meta() <= RoutingPacket.STAGE2;
        String text =
                "session %s, %s, %s%s"
                        .formatted(
                                packet.session(),
                                packet.languageName(),
                                packet.metaName(),
                                packet.data().length == 0
                                        ? ""
                                        : ", " + packet.data().length + " bytes");
        voice.within(layers)
                .verified(packet.isPowerShell())
                .say(
                        exchange.ts(),
                        side,
                        poll ? Topic.BEACON : stage ? Topic.KEY_EXCHANGE : Topic.CONTROL,
                        text,
                        Fact.of("session", packet.session()),
                        Fact.of("language", packet.languageName()),
                        Fact.of("meta", packet.metaName()),
                        Fact.of("bytes", packet.data().length));
        if (packet.data().length > 0) {
            String what = packet.meta() == RoutingPacket.STAGE1 ? PUBLIC_KEY : packet.metaName();
            data(packet.data(), side, what, packet.meta() >= RoutingPacket.TASKING_REQUEST);
        }
    }

    /// The answer to STAGE0: a script, under RC4 with the staging key.
    private void firstStage() {
        byte[] body = exchange.responseBody();
        if (body.length <= 4) {
            return;
        }
        byte[] seed = Arrays.copyOf(body, 4 + opened.key().length);
        System.arraycopy(opened.key(), 0, seed, 4, opened.key().length);
        byte[] script = StreamCipher.rc4(seed).decode(Arrays.copyOfRange(body, 4, body.length));
        String text = new String(script, StandardCharsets.UTF_8);
        say(
                Speaker.OPERATOR,
                Topic.FILE_PUT,
                cut(text),
                Fact.of("stage", 0),
                Fact.of("bytes", script.length));
    }

    /// The answer to STAGE1: a nonce and the session key, sealed for the implant's RSA key.
    private void sessionKey() {
        byte[] answer = exchange.responseBody();
        for (Secret secret : turn.secrets(Secret.Kind.RSA_PRIVATE)) {
            byte[] plain = Digests.unsealed(secret.value("pkcs8"), answer);
            if (plain != null && plain.length == NONCE + KEY && isDigits(plain)) {
                String session = turn.key().name();
                byte[] key = Arrays.copyOfRange(plain, NONCE, NONCE + KEY);
                turn.derived(
                        new Secret(
                                "session key of " + session,
                                Secret.Kind.AES,
                                Map.of("key", key),
                                new Scope.Conversation(session),
                                "sealed for " + secret.name()));
                voice.openedBy(secret.name())
                        .verified(false)
                        .say(
                                exchange.ts(),
                                Speaker.OPERATOR,
                                Topic.KEY_EXCHANGE,
                                "gave the session key");
                return;
            }
        }
        say(
                Speaker.OPERATOR,
                Topic.KEY_EXCHANGE,
                "gave the session key, sealed for the implant's public key, %d bytes"
                        .formatted(answer.length),
                Fact.of("bytes", answer.length));
    }

    private static boolean isDigits(byte[] plain) {
        for (int i = 0; i < NONCE; i++) {
            if (plain[i] < '0' || plain[i] > '9') {
                return false;
            }
        }
        return true;
    }

    /// Encrypted data, under the staging key or the session's.
    private void data(byte[] data, Speaker side, String what, boolean tasks) {
        if (data.length < IV + MAC) {
            return;
        }
        byte[] plain = open(opened.key(), data);
        if (plain != null) {
            voice.verified(what.equals(PUBLIC_KEY))
                    .say(
                            exchange.ts(),
                            side,
                            Topic.KEY_EXCHANGE,
                            cut(new String(plain, StandardCharsets.UTF_8)),
                            Fact.of("what", what));
            return;
        }
        for (Secret secret : candidates()) {
            byte[] key = secret.value(secret.kind() == Secret.Kind.AES ? "key" : "bytes");
            byte[] read = key.length == KEY ? open(key, data) : null;
            if (read != null) {
                turn.opened(secret);
                Voice known =
                        voice.verified(false)
                                .openedBy(secret.name())
                                .within(List.of("tcp", "http", "rc4", "aes-cbc"));
                if (tasks) {
                    tasks(read, side, known);
                } else {
                    known.say(
                            exchange.ts(),
                            side,
                            side == Speaker.IMPLANT ? Topic.SYSINFO : Topic.FILE_PUT,
                            cut(new String(read, StandardCharsets.UTF_8)));
                }
                return;
            }
        }
        sealed++;
        turn.undecoded(
                Secret.Kind.AES,
                "session "
                        + turn.key().name()
                        + ": the staging key opens its routing; tasks and results need the session key, which is in the memory of both ends");
    }

    private List<Secret> candidates() {
        List<Secret> all = new ArrayList<>(turn.secrets(Secret.Kind.AES));
        all.addAll(turn.secrets(Secret.Kind.BYTES));
        return all.subList(0, Math.min(all.size(), MAX_KEYS));
    }

    private static byte @Nullable [] open(byte[] key, byte[] data) {
        if (key.length != KEY || !Digests.endsWithHmacSha256(key, data, MAC)) {
            return null;
        }
        byte[] iv = Arrays.copyOf(data, IV);
        BlockCipher aes =
                new BlockCipher(BlockCipher.Algorithm.AES, BlockCipher.Mode.CBC_PADDED, key, iv);
        return aes.decode(Arrays.copyOfRange(data, IV, data.length - MAC));
    }

    /// `type:u16 total:u16 number:u16 id:u16 length:u32 data`, little endian, one behind the other.
    private void tasks(byte[] plain, Speaker side, Voice known) {
        Bytes in = Bytes.of(plain);
        for (int i = 0; i < MAX_TASKS && in.remaining() >= 12; i++) {
            int type = in.leU16();
            in.skip(4);
            int id = in.leU16();
            int length = (int) Math.min(in.leU32(), in.remaining());
            String text = new String(in.take(length), StandardCharsets.UTF_8);
            known.say(
                    exchange.ts(),
                    side,
                    EmpireTasks.topic(type, side),
                    cut(EmpireTasks.name(type) + ": " + text),
                    Fact.of("task", id),
                    Fact.of("type", EmpireTasks.name(type)));
        }
    }

    private void say(Speaker side, Topic topic, String text, Fact... facts) {
        voice.say(exchange.ts(), side, topic, text, facts);
    }

    private static String cut(String text) {
        return text.substring(0, Math.min(text.length(), MAX_TEXT));
    }
}
