package io.hark.wire;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.carry.HttpExchange;
import java.util.List;

/// The tasting halves of all decoders, by what they want to taste.
///
/// *Thread*: one owner, the worker.
final class Tasters {

    final List<Decoder<?>> streams;
    final List<Decoder<?>> tls;
    final List<Decoder<?>> datagrams;
    private final List<Decoder<?>> http;

    Tasters(List<Decoder<?>> decoders) {
        streams = of(decoders, Decoder.Carrier.STREAM);
        tls = of(decoders, Decoder.Carrier.TLS);
        datagrams = of(decoders, Decoder.Carrier.DATAGRAM);
        http = of(decoders, Decoder.Carrier.HTTP);
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
