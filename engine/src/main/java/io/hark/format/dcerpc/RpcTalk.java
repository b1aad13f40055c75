package io.hark.format.dcerpc;

import io.hark.bytes.Bytes;
import io.hark.event.DceRpc;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.format.gss.Logon;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Follows the calls on one connection, or in one pipe: which interface was bound, what is called,
/// and how long the answer takes.
///
/// ```
/// 5 · minor · type · flags · data representation 4 · fragment length 2 · auth length 2 · call 4 · body
/// bind:     max 2 · max 2 · group 4 · contexts 1 · 3 · { context 2 · syntaxes 1 · 1 · UUID 16 · version 4 · syntaxes 20 … }
/// bound:    max 2 · max 2 · group 4 · length 2 · secondary address …
/// request:  hint 4 · context 2 · operation 2 …            answer: hint 4 · context 2 · …
/// ```
///
/// *Thread*: one owner, that of the protocol's session. *Source*: C706 §12.6; MS-RPCE §2.2.2.
public final class RpcTalk {

    /// Octets of a header, and all that is needed to know a fragment's length.
    public static final int HEADER = 16;

    static final int REQUEST = 0;
    static final int RESPONSE = 2;
    static final int FAULT = 3;
    static final int BIND = 11;
    static final int BIND_ACK = 12;
    static final int BIND_NAK = 13;
    static final int ALTER = 14;
    static final int ALTER_ACK = 15;
    private static final int AUTH3 = 16;
    private static final int LAST_TYPE = 19;

    static final int TYPE_AT = 2;
    static final int FLAGS_AT = 3;
    private static final int LENGTH_AT = 8;
    static final int AUTH_LENGTH_AT = 10;
    private static final int CALL_AT = 12;
    static final int CONTEXTS_AT = 24;
    private static final int CONTEXT_AT = 20;
    static final int OPERATION_AT = 22;
    private static final int STATUS_AT = 24;
    private static final int FIRST = 1; // flag of the first fragment
    static final int AUTH_HEADER = 8;

    private static final int MAX_CONTEXTS = 64; // of one connection; programs bind one to five
    private static final int MAX_CALLS = 64; // under way; the oldest is given up
    private static final int MAX_ADDRESS = 256; // octets of the secondary address

    private final String uid;
    private final Endpoints id;
    private final Consumer<Event> events;
    private final Logon logon;
    private final Map<Integer, String> contexts = new HashMap<>(2);
    private final Map<Long, Call> calls = new LinkedHashMap<>(2);
    private @Nullable String pipe;
    private @Nullable RpcExchanges exchanges;

    private record Call(long ts, int context, int operation) {}

    /// Of a connection, or of a pipe.
    ///
    /// @param pipe the pipe's name; null where the server will tell a port
    /// @param events takes events
    /// @param protocols takes the names of protocols that are certain
    public RpcTalk(
            String uid,
            Endpoints id,
            @Nullable String pipe,
            Consumer<Event> events,
            Consumer<String> protocols) {
        this.uid = uid;
        this.id = id;
        this.pipe = pipe;
        this.events = events;
        this.logon = new Logon(uid, id, events, protocols);
    }

    /// Tells each packet with its answer, too.
    public void tellExchanges() {
        exchanges = new RpcExchanges(uid, id, events);
    }

    /// How long the fragment is that begins at `at`; 0 where that cannot be told yet, -1 where none
    /// begins there.
    public static int length(Bytes in, int at) {
        int version = in.peek(at);
        int minor = in.peek(at + 1);
        int type = in.peek(at + 2);
        int order = in.peek(at + 4);
        boolean other = version >= 0 && version != 5 || minor > 1 || type > LAST_TYPE;
        if (other || order >= 0 && order != 0 && order != 0x10) {
            return -1;
        }
        int length = in.peekU16(at + LENGTH_AT);
        if (length < 0) {
            return 0;
        }
        int ordered = order == 0x10 ? swap(length) : length;
        return ordered < HEADER ? -1 : ordered;
    }

    /// Whether so many octets are one whole fragment that binds: how every talk begins.
    public static boolean begins(Bytes in, int at, int length) {
        return length >= HEADER && in.peek(at + TYPE_AT) == BIND && length(in, at) == length;
    }

    private static int swap(int value) {
        return Integer.reverseBytes(value) >>> 16;
    }

    static int u16(Bytes in, int at, boolean little) {
        int value = in.peekU16(at);
        return value < 0 ? -1 : little ? swap(value) : value;
    }

    private static long u32(Bytes in, int at, boolean little) {
        long value = in.peekU32(at);
        return value < 0 || !little
                ? value
                : Integer.toUnsignedLong(Integer.reverseBytes((int) value));
    }

    /// Reads one whole fragment, the first byte of `in` being its own; answers whether it is one.
    public boolean fragment(Bytes in, long now) {
        if (length(in, 0) < HEADER) {
            return false;
        }
        boolean little = in.peek(4) == 0x10;
        long call = u32(in, CALL_AT, little);
        boolean first = (in.peek(FLAGS_AT) & FIRST) != 0;
        if (exchanges != null) {
            exchanges.fragment(in, little, call, now);
        }
        switch (in.peek(TYPE_AT)) {
            case BIND, ALTER -> bind(in, little);
            case BIND_ACK, ALTER_ACK -> bound(in, little);
            case REQUEST -> {
                if (first) {
                    request(in, little, call, now);
                }
            }
            case RESPONSE -> {
                if (first) {
                    answer(call, null, now);
                }
            }
            case FAULT -> answer(call, u32(in, STATUS_AT, little), now);
            default -> {}
        }
        int type = in.peek(TYPE_AT);
        if (type >= BIND && type <= AUTH3) {
            authentication(in, little, now);
        }
        return true;
    }

    private void bind(Bytes in, boolean little) {
        int count = Math.max(0, in.peek(CONTEXTS_AT));
        int at = CONTEXTS_AT + 4;
        for (int i = 0; i < count && contexts.size() < MAX_CONTEXTS; i++) {
            int context = u16(in, at, little);
            int syntaxes = in.peek(at + 2);
            String uuid = uuid(in, at + 4, little);
            if (context < 0 || syntaxes < 0 || uuid == null) {
                return;
            }
            contexts.put(context, uuid);
            at += 24 + 20 * syntaxes;
        }
    }

    private void bound(Bytes in, boolean little) {
        int length = u16(in, CONTEXTS_AT, little);
        if (pipe == null && length > 1 && length <= MAX_ADDRESS) {
            String address = in.ascii(CONTEXTS_AT + 2, CONTEXTS_AT + 1 + length);
            pipe = address.isEmpty() ? null : address;
        }
    }

    static @Nullable String uuid(Bytes in, int at, boolean little) {
        long one = u32(in, at, little);
        int two = u16(in, at + 4, little);
        int three = u16(in, at + 6, little);
        long four = in.peekU32(at + 8);
        long five = in.peekU32(at + 12);
        return five < 0
                ? null
                : "%08x-%04x-%04x-%04x-%04x%08x"
                        .formatted(one, two, three, four >>> 16, four & 0xffff, five);
    }

    private void request(Bytes in, boolean little, long call, long now) {
        int context = u16(in, CONTEXT_AT, little);
        int operation = u16(in, OPERATION_AT, little);
        if (operation < 0) {
            return;
        }
        Call before = calls.remove(call);
        if (before == null && calls.size() >= MAX_CALLS) {
            before = calls.remove(calls.keySet().iterator().next());
        }
        if (before != null) {
            say(before, null, null, now);
        }
        calls.put(call, new Call(now, context, operation));
    }

    private void answer(long call, @Nullable Long fault, long now) {
        Call asked = calls.remove(call);
        if (asked != null) {
            say(asked, now - asked.ts, fault, now);
        }
    }

    private void say(Call call, @Nullable Long rtt, @Nullable Long fault, long now) {
        String uuid = contexts.get(call.context);
        if (uuid == null && pipe == null) {
            return; // begun before anybody listened: a number by itself says nothing
        }
        events.accept(
                new DceRpc(
                        call.ts,
                        now,
                        uid,
                        id,
                        rtt,
                        pipe,
                        uuid == null ? null : RpcInterfaces.endpoint(uuid),
                        RpcInterfaces.operation(uuid, call.operation),
                        fault));
    }

    private void authentication(Bytes in, boolean little, long now) {
        int length = u16(in, AUTH_LENGTH_AT, little);
        int from = in.length() - length;
        if (length > 0 && from >= HEADER + AUTH_HEADER) {
            Bytes token = new Bytes().wrap(in.array(), in.base() + from, length);
            logon.token(token, now);
        }
    }

    /// The connection is over.
    public void close(long now) {
        calls.values().forEach(call -> say(call, null, null, now));
        calls.clear();
        if (exchanges != null) {
            exchanges.close(now);
        }
        logon.close(now);
    }
}
