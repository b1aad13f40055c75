package io.hark.detect.decoded;

import io.hark.event.Endpoints;
import io.hark.event.Fact;
import io.hark.event.Message;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Addr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Messages of a made-up conversation, a second apart.
record Spoke(boolean verified, @Nullable String secret, Side operator, List<String> layers) {

    static final Addr CALLER = Addr.v4(0xc000020a); // 192.0.2.10
    static final Addr CALLED = Addr.v4(0xc6336414); // 198.51.100.20

    /// Of an implant that calls by HTTP.
    static Spoke by(boolean verified) {
        return new Spoke(verified, null, Side.RESPONDER, List.of("tcp", "http"));
    }

    Message order(int second, Topic topic, String text, Fact... facts) {
        return message(second, Speaker.OPERATOR, topic, text, facts);
    }

    Message answer(int second, Topic topic, String text, Fact... facts) {
        return message(second, Speaker.IMPLANT, topic, text, facts);
    }

    private Message message(int second, Speaker side, Topic topic, String text, Fact... facts) {
        long ts = second * 1_000_000_000L;
        return new Message(
                ts,
                ts,
                "session 7",
                "made-up",
                "made-up",
                verified,
                side,
                operator,
                topic.type(),
                topic.subtype(),
                text,
                List.of(facts),
                "C" + second,
                new Endpoints(CALLER, 50_000, CALLED, 8080),
                layers,
                secret);
    }
}
