package io.hark.format.dcerpc;

import io.hark.bytes.Bytes;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.RpcDetail;
import io.hark.event.RpcDetail.Interface;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Pairs the packets of one connection: each request with its answer, binds among them. What has no
/// answer by its nature (AUTH3, cancels) is left out.
///
/// ```
/// bound:   max 2 · max 2 · group 4 · length 2 · secondary address · to 4 · results 1 · 3 · { result 2 · reason 2 · UUID 16 · version 4 }
/// request: hint 4 · context 2 · operation 2 · object 16 where flag 80 says so · stub data · authentication
/// ```
///
/// *Thread*: one owner, that of the protocol's session. *Source*: C706 §12.6.4.
final class RpcExchanges {

    private static final int MAX_OPEN = 64; // calls under way; the oldest is told without answer
    private static final int MAX_INTERFACES = 64; // of one bind; programs ask for one to five
    private static final int STUB_AT = 24;
    private static final int OBJECT = 0x80; // flag
    private static final int OBJECT_SIZE = 16;
    private static final int LAST = 2; // flag of the last fragment
    private static final int CONTEXT_SIZE = 24;
    private static final int SYNTAX_SIZE = 20;

    private final String uid;
    private final Endpoints id;
    private final Consumer<Event> events;
    private final Map<Long, Exchange> open = new LinkedHashMap<>(2);

    /// What is known of one so far.
    private static final class Exchange {
        private final long ts;
        private @Nullable Integer request;
        private @Nullable Integer response;
        private @Nullable Integer operation;
        private int asked;
        private long askedSize;
        private int answered;
        private long answeredSize;
        private List<Interface> interfaces = List.of();

        private Exchange(long ts) {
            this.ts = ts;
        }
    }

    RpcExchanges(String uid, Endpoints id, Consumer<Event> events) {
        this.uid = uid;
        this.id = id;
        this.events = events;
    }

    /// Takes one whole fragment.
    void fragment(Bytes in, boolean little, long call, long now) {
        int type = in.peek(RpcTalk.TYPE_AT);
        switch (type) {
            case RpcTalk.REQUEST, RpcTalk.BIND, RpcTalk.ALTER ->
                    request(type, in, little, call, now);
            case RpcTalk.RESPONSE,
                    RpcTalk.FAULT,
                    RpcTalk.BIND_ACK,
                    RpcTalk.BIND_NAK,
                    RpcTalk.ALTER_ACK ->
                    answer(type, in, little, call, now);
            default -> {}
        }
    }

    private void request(int type, Bytes in, boolean little, long call, long now) {
        Exchange exchange = open.get(call);
        if (exchange == null || exchange.response != null || type != RpcTalk.REQUEST) {
            if (exchange != null) {
                open.remove(call);
                say(call, exchange, now);
            }
            exchange = begun(call, now);
        }
        exchange.request = type;
        exchange.asked++;
        if (type == RpcTalk.REQUEST) {
            exchange.operation = RpcTalk.u16(in, RpcTalk.OPERATION_AT, little);
            exchange.askedSize += stub(in, little);
        } else {
            exchange.interfaces = interfaces(in, little);
        }
    }

    private Exchange begun(long call, long now) {
        if (open.size() >= MAX_OPEN) {
            long oldest = open.keySet().iterator().next();
            Exchange given = open.remove(oldest);
            if (given != null) {
                say(oldest, given, now);
            }
        }
        Exchange fresh = new Exchange(now);
        open.put(call, fresh);
        return fresh;
    }

    private void answer(int type, Bytes in, boolean little, long call, long now) {
        Exchange exchange = open.get(call);
        exchange = exchange == null ? begun(call, now) : exchange;
        exchange.response = type;
        exchange.answered++;
        if (type == RpcTalk.RESPONSE) {
            exchange.answeredSize += stub(in, little);
        } else if (type == RpcTalk.BIND_ACK || type == RpcTalk.ALTER_ACK) {
            exchange.interfaces = answered(exchange.interfaces, in, little);
        }
        if (type != RpcTalk.RESPONSE || (in.peek(RpcTalk.FLAGS_AT) & LAST) != 0) {
            open.remove(call);
            say(call, exchange, now);
        }
    }

    /// Octets of stub data in the fragment.
    private static int stub(Bytes in, boolean little) {
        int authentication = RpcTalk.u16(in, RpcTalk.AUTH_LENGTH_AT, little);
        int trailer = authentication > 0 ? authentication + RpcTalk.AUTH_HEADER : 0;
        int object = (in.peek(RpcTalk.FLAGS_AT) & OBJECT) != 0 ? OBJECT_SIZE : 0;
        return Math.max(0, in.length() - STUB_AT - object - trailer);
    }

    private static List<Interface> interfaces(Bytes in, boolean little) {
        List<Interface> found = new ArrayList<>(1);
        int count = Math.min(in.peek(RpcTalk.CONTEXTS_AT), MAX_INTERFACES);
        int at = RpcTalk.CONTEXTS_AT + 4;
        for (int i = 0; i < count; i++) {
            int syntaxes = in.peek(at + 2);
            String uuid = RpcTalk.uuid(in, at + 4, little);
            int major = RpcTalk.u16(in, at + 20, little);
            int minor = RpcTalk.u16(in, at + 22, little);
            if (syntaxes < 0 || uuid == null || minor < 0) {
                break;
            }
            found.add(new Interface(uuid, major + "." + minor, null));
            at += CONTEXT_SIZE + SYNTAX_SIZE * syntaxes;
        }
        return found;
    }

    /// The interfaces asked for with what the server says to each, in the same order.
    private static List<Interface> answered(List<Interface> asked, Bytes in, boolean little) {
        int address = Math.max(0, RpcTalk.u16(in, RpcTalk.CONTEXTS_AT, little));
        int at = (RpcTalk.CONTEXTS_AT + 2 + address + 3) / 4 * 4;
        int count = in.peek(at);
        List<Interface> answered = new ArrayList<>(asked.size());
        for (int i = 0; i < asked.size(); i++) {
            Interface one = asked.get(i);
            int result = i < count ? RpcTalk.u16(in, at + 4 + i * CONTEXT_SIZE, little) : -1;
            answered.add(new Interface(one.uuid(), one.version(), result < 0 ? null : result));
        }
        return answered;
    }

    private void say(long call, Exchange exchange, long now) {
        events.accept(
                new RpcDetail(
                        exchange.ts,
                        now,
                        uid,
                        id,
                        call,
                        exchange.request,
                        exchange.response,
                        exchange.operation,
                        exchange.asked,
                        exchange.askedSize,
                        exchange.answered,
                        exchange.answeredSize,
                        exchange.interfaces));
    }

    /// The connection is over.
    void close(long now) {
        open.forEach((call, exchange) -> say(call, exchange, now));
        open.clear();
    }
}
