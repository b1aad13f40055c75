package io.hark.wire;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.FilePiece;
import io.hark.carry.HttpExchange;
import io.hark.carry.Mail;
import io.hark.carry.Offered;
import io.hark.carry.WebSocketMessage;
import io.hark.event.Side;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The tasting halves of all decoders, by what they want to taste.
///
/// *Thread*: one owner, the worker.
final class Tasters {

    final List<Decoder<?>> datagrams;
    final List<Decoder<?>> echoes;
    private final Map<Decoder.Carrier, List<Decoder<?>>> all = new EnumMap<>(Decoder.Carrier.class);

    Tasters(List<Decoder<?>> decoders) {
        for (Decoder.Carrier carrier : Decoder.Carrier.values()) {
            all.put(
                    carrier,
                    decoders.stream().filter(d -> d.info().carriers().contains(carrier)).toList());
        }
        datagrams = of(Decoder.Carrier.DATAGRAM);
        echoes = of(Decoder.Carrier.ECHO);
    }

    /// Who tastes what that carrier brings.
    List<Decoder<?>> of(Decoder.Carrier carrier) {
        return all.getOrDefault(carrier, List.of());
    }

    /// What decoders taste streams as that a parser reads as well; null where they taste none.
    ///
    /// @param parser its name
    static Decoder.@Nullable Carrier ofRead(String parser) {
        return switch (parser) {
            case "ssl" -> Decoder.Carrier.TLS;
            case "http" -> Decoder.Carrier.HTTP_STREAM;
            case "irc" -> Decoder.Carrier.IRC;
            default -> null;
        };
    }

    /// Whether a decoder wants to see the bodies of what begins so.
    boolean wants(Offered head) {
        List<Decoder<?>> tasters = of(carrier(head));
        for (int i = 0; i < tasters.size(); i++) {
            if (tasters.get(i).taste(seen(head, false)) != Verdict.NO) {
                return true;
            }
        }
        return false;
    }

    /// Carries what is whole up to whoever tastes it as its own.
    void offer(Engine engine, WireConnection connection, Offered whole) {
        List<Decoder<?>> tasters = of(carrier(whole));
        Decoder.Tasting seen = seen(whole, true);
        for (int i = 0; i < tasters.size(); i++) {
            Decoder<?> decoder = tasters.get(i);
            if (decoder.taste(seen) > Verdict.MORE) {
                engine.carry(whole.to(decoder.name(), connection.known.carried++));
            }
        }
    }

    private static Decoder.Carrier carrier(Offered offered) {
        return switch (offered) {
            case HttpExchange exchange -> Decoder.Carrier.HTTP;
            case DnsTransaction message -> Decoder.Carrier.DNS;
            case WebSocketMessage message -> Decoder.Carrier.WEB_SOCKET;
            case Mail mail -> Decoder.Carrier.MAIL;
            case FilePiece file -> Decoder.Carrier.FTP_FILE;
        };
    }

    private static Decoder.Tasting seen(Offered offered, boolean whole) {
        return switch (offered) {
            case HttpExchange exchange -> new Decoder.ExchangeSeen(exchange, whole);
            case DnsTransaction message -> new Decoder.DnsSeen(message);
            case WebSocketMessage message -> new Decoder.WebSocketSeen(message);
            case Mail mail -> new Decoder.MailSeen(mail, whole);
            case FilePiece file -> new Decoder.FileSeen(file, whole);
        };
    }

    /// Carries up a datagram of a connection of which a decoder has claimed messages already, if it
    /// is its own too: some tunnels begin as DNS and go on with datagrams that are none.
    boolean datagram(Engine engine, Talk talk, Side side, byte[] m, int at, int length) {
        for (int i = 0; i < datagrams.size(); i++) {
            Decoder<?> decoder = datagrams.get(i);
            Bytes payload = engine.tasteOriginator.wrap(m, at, length);
            if (decoder.taste(new Decoder.DatagramSeen(talk.id(), side, payload)) > Verdict.MORE) {
                engine.carry(
                        new Datagram(
                                engine.now(),
                                talk.uid(),
                                talk.id(),
                                decoder.name(),
                                talk.connection.known.carried++,
                                side,
                                payload.toArray()));
                return true;
            }
        }
        return false;
    }

    /// Carries the payload of an echo of the connection at hand up to whoever tastes it as its own.
    /// The connection gets a talk with the first that somebody claims: other echoes cost none.
    void echo(Engine engine, Flow flow, Decoder.EchoSeen seen) {
        for (int i = 0; i < echoes.size(); i++) {
            Decoder<?> decoder = echoes.get(i);
            if (decoder.taste(seen) > Verdict.MORE) {
                Talk talk = flow.talk == null ? engine.open(false) : flow.talk;
                engine.carry(
                        new EchoPayload(
                                engine.now(),
                                talk.uid(),
                                talk.id(),
                                decoder.name(),
                                talk.connection.known.carried++,
                                seen.side(),
                                seen.request(),
                                seen.echoId(),
                                seen.echoSequence(),
                                seen.payload().toArray()));
            }
        }
    }
}
