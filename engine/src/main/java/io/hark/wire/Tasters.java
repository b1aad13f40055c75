package io.hark.wire;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.bytes.Bytes;
import io.hark.carry.Datagram;
import io.hark.carry.DnsTransaction;
import io.hark.carry.EchoPayload;
import io.hark.carry.HttpExchange;
import io.hark.event.Side;
import java.util.List;

/// The tasting halves of all decoders, by what they want to taste.
///
/// *Thread*: one owner, the worker.
final class Tasters {

    final List<Decoder<?>> streams;
    final List<Decoder<?>> tls;
    final List<Decoder<?>> datagrams;
    final List<Decoder<?>> echoes;
    private final List<Decoder<?>> http;
    private final List<Decoder<?>> dns;

    Tasters(List<Decoder<?>> decoders) {
        streams = of(decoders, Decoder.Carrier.STREAM);
        tls = of(decoders, Decoder.Carrier.TLS);
        datagrams = of(decoders, Decoder.Carrier.DATAGRAM);
        http = of(decoders, Decoder.Carrier.HTTP);
        dns = of(decoders, Decoder.Carrier.DNS);
        echoes = of(decoders, Decoder.Carrier.ECHO);
    }

    /// Whether anybody tastes what that carrier brings.
    boolean isTasted(Decoder.Carrier carrier) {
        return switch (carrier) {
            case STREAM -> !streams.isEmpty();
            case TLS -> !tls.isEmpty();
            case DATAGRAM -> !datagrams.isEmpty();
            case HTTP -> !http.isEmpty();
            case DNS -> !dns.isEmpty();
            case ECHO -> !echoes.isEmpty();
        };
    }

    /// Carries a DNS message up to whoever tastes it as its own.
    void offer(Engine engine, Talk talk, DnsTransaction message) {
        Decoder.DnsSeen seen = new Decoder.DnsSeen(message);
        for (Decoder<?> decoder : dns) {
            if (decoder.taste(seen) > Verdict.MORE) {
                engine.carry(message.to(decoder.name(), talk.carried++));
            }
        }
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
                                talk.carried++,
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
                                talk.carried++,
                                seen.side(),
                                seen.request(),
                                seen.echoId(),
                                seen.echoSequence(),
                                seen.payload().toArray()));
            }
        }
    }

    private static List<Decoder<?>> of(List<Decoder<?>> decoders, Decoder.Carrier carrier) {
        return decoders.stream().filter(d -> d.info().carriers().contains(carrier)).toList();
    }

    /// Whether a decoder wants to see the bodies of the exchange that begins so.
    boolean wants(HttpExchange head) {
        for (Decoder<?> decoder : http) {
            if (decoder.taste(new Decoder.ExchangeSeen(head, false)) != Verdict.NO) {
                return true;
            }
        }
        return false;
    }

    /// Carries the exchange up to whoever tastes it as its own.
    void offer(Engine engine, HttpExchange e) {
        for (Decoder<?> decoder : http) {
            if (decoder.taste(new Decoder.ExchangeSeen(e, true)) > Verdict.MORE) {
                engine.carry(
                        new HttpExchange(
                                e.ts(),
                                e.uid(),
                                e.id(),
                                decoder.name(),
                                e.sequence(),
                                e.method(),
                                e.uri(),
                                e.requestHeaders(),
                                e.requestBody(),
                                e.status(),
                                e.responseHeaders(),
                                e.responseBody(),
                                e.whole()));
            }
        }
    }
}
