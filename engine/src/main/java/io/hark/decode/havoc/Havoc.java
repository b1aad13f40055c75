package io.hark.decode.havoc;

import io.hark.Contact;
import io.hark.Decoder;
import io.hark.Secret;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.bytes.Bytes;
import io.hark.bytes.Legible;
import io.hark.carry.Carried;
import io.hark.carry.HttpExchange;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Havoc's Demon over HTTP.
///
/// *Shape*: the agent posts a [DemonPacket]; the answer is jobs, little endian `command:u32
/// request:u32 length:u32 data`, their data under AES-256-CTR, each from the same counter. The key
/// stands in the open in the first check-in: who has that one reads all.
///
/// *Key*: the agent's number. *Source*: HavocFramework/Havoc; no real capture verifies it.
public final class Havoc implements Decoder<Havoc.Session> {

    private static final int MAX_JOBS = 256; // in one answer
    private static final int POLL = 1;
    private static final List<String> SEALED = List.of("tcp", "http", "aes-ctr");
    private static final Map<Long, String> COMMANDS =
            Map.ofEntries(
                    Map.entry(1L, "get job"),
                    Map.entry(10L, "no job"),
                    Map.entry(11L, "sleep"),
                    Map.entry(12L, "process list"),
                    Map.entry(15L, "file system"),
                    Map.entry(20L, "inline execute"),
                    Map.entry(21L, "job"),
                    Map.entry(22L, "inject dll"),
                    Map.entry(24L, "inject shellcode"),
                    Map.entry(26L, "spawn dll"),
                    Map.entry(27L, "process token"),
                    Map.entry(40L, "token"),
                    Map.entry(90L, "output"),
                    Map.entry(92L, "exit"),
                    Map.entry(99L, "check-in"),
                    Map.entry(2500L, "config"),
                    Map.entry(2510L, "screenshot"),
                    Map.entry(2520L, "pivot"),
                    Map.entry(2530L, "transfer"),
                    Map.entry(2540L, "socket"),
                    Map.entry(2550L, "kerberos"),
                    Map.entry(4112L, "process"));

    /// What is known of one agent.
    ///
    /// @param key the session's; empty before a check-in was seen
    /// @param iv where its counter begins
    /// @param polls how often it asked for jobs
    /// @param closed bodies that were not opened
    /// @param sure whether it is a Demon: a check-in or the usual magic was seen
    /// @param contact when and by what it was heard
    public record Session(
            byte[] key, byte[] iv, long polls, long closed, boolean sure, Contact contact)
            implements Stored {}

    @Override
    public String name() {
        return "havoc";
    }

    @Override
    public String about() {
        return "Havoc's Demon over HTTP";
    }

    @Override
    public Info info() {
        Set<Secret.Kind> none = Set.of();
        String told =
                "everything if the first check-in, which holds the key, is seen; else agents, commands and sizes";
        return new Info(List.of("Havoc"), Set.of(Carrier.HTTP), none, told, "", false);
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    @Override
    public int taste(Tasting tasting) {
        if (!(tasting instanceof ExchangeSeen seen) || !seen.exchange().method().equals("POST")) {
            return Verdict.NO;
        } else if (!seen.whole()) {
            String type = HttpExchange.header(seen.exchange().requestHeaders(), "Content-Type");
            boolean text =
                    type.contains("json") || type.contains("xml") || type.contains("multipart");
            return text ? Verdict.NO : Verdict.MORE;
        }
        DemonPacket packet = DemonPacket.read(seen.exchange().requestBody());
        boolean mine =
                packet != null
                        && packet.agent() != 0
                        && (packet.magic() == DemonPacket.MAGIC
                                || COMMANDS.containsKey(packet.command()));
        return mine ? Verdict.YES : Verdict.NO;
    }

    @Override
    public void keys(Carried input, Keys sink) {
        DemonPacket packet =
                input instanceof HttpExchange e ? DemonPacket.read(e.requestBody()) : null;
        if (packet != null) {
            sink.add(packet.name());
        }
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        DemonPacket packet =
                piece instanceof HttpExchange e ? DemonPacket.read(e.requestBody()) : null;
        if (!(piece instanceof HttpExchange exchange) || packet == null) {
            return state;
        }
        Session before =
                state == null
                        ? new Session(
                                new byte[0], new byte[0], 0, 0, false, Contact.of(null, piece))
                        : state;
        CheckIn checkIn = CheckIn.read(packet);
        byte[] key = checkIn == null ? before.key : checkIn.key();
        byte[] iv = checkIn == null ? before.iv : checkIn.iv();
        boolean sure = before.sure || checkIn != null || packet.magic() == DemonPacket.MAGIC;
        long closed = 0;
        if (sure) {
            Voice voice = Voice.of(this, turn, piece, "tcp", "http");
            if (checkIn != null) {
                voice.within(SEALED)
                        .say(
                                piece.ts(),
                                Speaker.IMPLANT,
                                Topic.SYSINFO,
                                checkIn.text(),
                                checkIn.facts());
            } else if (packet.command() != POLL) {
                closed +=
                        said(
                                voice,
                                piece.ts(),
                                Speaker.IMPLANT,
                                packet.command(),
                                packet.request(),
                                packet.data(),
                                key,
                                iv);
            }
            closed += jobs(voice, exchange, key, iv);
        }
        return new Session(
                key,
                iv,
                before.polls + (packet.command() == POLL ? 1 : 0),
                before.closed + closed,
                sure,
                Contact.of(before.contact, piece));
    }

    private static long jobs(Voice voice, HttpExchange exchange, byte[] key, byte[] iv) {
        Bytes in = Bytes.of(exchange.responseBody());
        long closed = 0;
        for (int i = 0; i < MAX_JOBS && in.remaining() >= 12; i++) {
            long command = in.leU32();
            long request = in.leU32();
            long length = in.leU32();
            if (length > in.remaining() || !COMMANDS.containsKey(command)) {
                break;
            }
            byte[] data = in.take((int) length);
            if (command != 10) { // no job
                closed +=
                        said(
                                voice,
                                exchange.ts(),
                                Speaker.OPERATOR,
                                command,
                                request,
                                data,
                                key,
                                iv);
            }
        }
        return closed;
    }

    /// Says one message; answers how many stayed closed.
    private static long said(
            Voice voice,
            long ts,
            Speaker side,
            long command,
            long request,
            byte[] data,
            byte[] key,
            byte[] iv) {
        boolean open = key.length > 0;
        String name = COMMANDS.getOrDefault(command, "command " + command);
        byte[] plain = open ? CheckIn.open(key, iv, data) : data;
        String text =
                open
                        ? Legible.of(plain)
                        : data.length + " bytes, closed: the check-in with the key was not seen";
        voice.within(open ? SEALED : voice.layers())
                .say(
                        ts,
                        side,
                        topic(command),
                        name.equals("output") && open ? text : (name + " " + text).strip(),
                        Fact.of("command", name),
                        Fact.of("request", request),
                        Fact.of("bytes", data.length));
        return open || data.length == 0 ? 0 : 1;
    }

    private static Topic topic(long command) {
        return switch ((int) command) {
            case 11, 92, 2500 -> Topic.CONTROL;
            case 12 -> Topic.PROCESS_LIST;
            case 15, 2530 -> Topic.FILE_DIR;
            case 20, 22, 24, 26, 4112 -> Topic.PROCESS_START;
            case 27, 40, 2550 -> Topic.CREDENTIALS;
            case 90 -> Topic.SHELL;
            case 2510 -> Topic.SCREENSHOT;
            case 2520, 2540 -> Topic.PROXY;
            default -> Topic.UNKNOWN;
        };
    }

    @Override
    public void end(Session state, Turn<Message> turn) {
        if (state.sure) {
            double seconds = state.contact.seconds();
            state.contact
                    .voice(this, turn, "tcp", "http")
                    .say(
                            state.contact.last(),
                            Speaker.IMPLANT,
                            Topic.BEACON,
                            "polled %d times in %.0f s; %d bodies stay closed"
                                    .formatted(state.polls, seconds, state.closed),
                            Fact.of("polls", state.polls),
                            Fact.of("seconds", seconds),
                            Fact.of("closed_bodies", state.closed));
        }
    }
}
