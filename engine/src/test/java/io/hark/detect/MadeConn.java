package io.hark.detect;

import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A connection in the making, for tests of detectors: an answered one of TCP from inside to
/// outside, unless it is said otherwise.
public final class MadeConn {

    /// When made-up traffic begins.
    public static final long START = 1_760_000_000_000_000_000L;

    /// A second.
    public static final long SECOND = 1_000_000_000L;

    private final long ts;
    private Addr orig = addr("10.0.0.5");
    private Addr resp = addr("203.0.113.7");
    private int port = 443;
    private int origPort;
    private String proto = "tcp";
    private @Nullable String service;
    private long duration = SECOND / 5;
    private long origBytes = 300;
    private long respBytes = 500;
    private long missedBytes;
    private String state = "SF";
    private String history = "ShADadFf";
    private @Nullable String name;
    private @Nullable String nameSource;
    private long[] lens = new long[0];
    private long[] gaps = new long[0];
    private @Nullable Double entropy;
    private @Nullable Double printable;
    private @Nullable Double setBits;

    private MadeConn(long ts) {
        this.ts = ts;
        this.origPort = 40_000 + (int) (ts / 1000 % 20_000);
    }

    /// One that begins so many seconds after [#START].
    public static MadeConn at(double seconds) {
        return new MadeConn(START + Math.round(seconds * SECOND));
    }

    /// An address.
    public static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    /// Who calls.
    public MadeConn from(String addr) {
        orig = addr(addr);
        return this;
    }

    /// Who is called.
    public MadeConn to(String addr, int port) {
        resp = addr(addr);
        this.port = port;
        return this;
    }

    /// From which port.
    public MadeConn origPort(int port) {
        origPort = port;
        return this;
    }

    /// By which transport.
    public MadeConn proto(String proto) {
        this.proto = proto;
        return this;
    }

    /// What a parser calls it.
    public MadeConn service(@Nullable String service) {
        this.service = service;
        return this;
    }

    /// How long it lasts, seconds.
    public MadeConn lasting(double seconds) {
        duration = Math.round(seconds * SECOND);
        return this;
    }

    /// Payload each way.
    public MadeConn bytes(long orig, long resp) {
        origBytes = orig;
        respBytes = resp;
        return this;
    }

    /// Bytes that the capture lacks.
    public MadeConn missing(long bytes) {
        missedBytes = bytes;
        return this;
    }

    /// How it began and ended: Zeek's state and history.
    public MadeConn state(String state, String history) {
        this.state = state;
        this.history = history;
        return this;
    }

    /// A call that nobody answered.
    public MadeConn unanswered() {
        return state("S0", "S").bytes(0, 0);
    }

    /// A call that was refused.
    public MadeConn refused() {
        return state("REJ", "Sr").bytes(0, 0);
    }

    /// The name the client knows the server by.
    public MadeConn named(String name, String source) {
        this.name = name;
        this.nameSource = source;
        return this;
    }

    /// Lengths of the first segments, and the times between them, seconds.
    public MadeConn shape(long[] lens, double... seconds) {
        this.lens = lens;
        this.gaps = new long[lens.length];
        for (int i = 0; i < Math.min(lens.length, seconds.length); i++) {
            gaps[i] = Math.round(seconds[i] * SECOND);
        }
        return this;
    }

    /// What the first payload of both sides looks like.
    public MadeConn looks(double entropy, double printable, double setBits) {
        this.entropy = entropy;
        this.printable = printable;
        this.setBits = setBits;
        return this;
    }

    /// The connection.
    public Conn end() {
        boolean answered = !state.equals("S0");
        return new Conn(
                ts,
                ts + duration,
                "C" + Long.toString(ts - START, 36) + "p" + port + "x" + resp.hashCode() % 1000,
                new Endpoints(orig, origPort, resp, port),
                proto,
                service,
                duration,
                origBytes,
                respBytes,
                state,
                orig.isPrivate(),
                resp.isPrivate(),
                missedBytes,
                history,
                1 + origBytes / 1000,
                origBytes + 40 * (1 + origBytes / 1000),
                answered ? 1 + respBytes / 1000 : 0,
                answered ? respBytes + 40 * (1 + respBytes / 1000) : 0,
                null,
                proto.equals("tcp") ? 6 : proto.equals("udp") ? 17 : 1,
                null,
                null,
                null,
                null,
                null,
                name,
                nameSource,
                null,
                0,
                lens,
                gaps,
                entropy,
                entropy,
                printable,
                printable,
                setBits,
                setBits,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                null,
                null);
    }
}
