package io.hark.collect;

import io.hark.Body;
import io.hark.Connection;
import io.hark.Decoder;
import io.hark.Inside;
import io.hark.SessionSecrets;
import io.hark.bytes.Digests;
import io.hark.carry.Offered;
import io.hark.event.Anomaly;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// The way from an exporter to us, as the parser of its exports sees it: a connection that nobody
/// saw on a wire, and that brings datagrams and nothing else.
///
/// *Thread*: one owner.
final class ExportConnection implements Connection {

    private static final int UID_DIGITS = 17; // as those of connections on a wire

    private final Endpoints id;
    private final String uid;
    private final String parser;
    private final long began;
    private final Consumer<Event> out;
    private long now;

    /// @param parser name of who reads it
    /// @param began when it was first heard
    /// @param out takes what is read
    ExportConnection(Endpoints id, String parser, long began, Consumer<Event> out) {
        this.id = id;
        this.uid = uid(id, began);
        this.parser = parser;
        this.began = began;
        this.now = began;
        this.out = out;
    }

    private static String uid(Endpoints id, long began) {
        byte[] octets = (id + "/" + began).getBytes(StandardCharsets.UTF_8);
        String digest = HexFormat.of().formatHex(Digests.sha256().digest(octets));
        return "C" + digest.substring(0, UID_DIGITS);
    }

    /// A datagram of that time comes next.
    void at(long nanos) {
        now = nanos;
    }

    @Override
    public String uid() {
        return uid;
    }

    @Override
    public Endpoints id() {
        return id;
    }

    @Override
    public String proto() {
        return "udp";
    }

    @Override
    public long now() {
        return now;
    }

    @Override
    public long began() {
        return began;
    }

    @Override
    public boolean isMidstream() {
        return false;
    }

    @Override
    public boolean isLocal(Side side) {
        return true;
    }

    @Override
    public void confirm() {}

    @Override
    public void confirm(String carried) {}

    @Override
    public boolean isWanted(Class<? extends Event> detail) {
        return false;
    }

    @Override
    public void emit(Event event) {
        out.accept(event);
    }

    @Override
    public void anomaly(String name, @Nullable String detail) {
        out.accept(new Anomaly(now, now, uid, id, name, detail, false, parser));
    }

    @Override
    public SessionSecrets secrets() {
        return SessionSecrets.NONE;
    }

    @Override
    public void name(String name, String source) {}

    @Override
    public void expect(Addr host, int port, String parser, @Nullable Object context) {}

    @Override
    public @Nullable Object context() {
        return null;
    }

    @Override
    public boolean wants(Offered head) {
        return false;
    }

    @Override
    public void offer(Offered whole) {}

    @Override
    public boolean isTasted(Decoder.Carrier carrier) {
        return false;
    }

    // ---- what exports do not have

    @Override
    public Body body(
            Side side,
            String source,
            @Nullable String filename,
            @Nullable String coding,
            long total) {
        throw none();
    }

    @Override
    public void pass(Body body, long length) {
        throw none();
    }

    @Override
    public void skip(long bytes) {
        throw none();
    }

    @Override
    public void inner() {
        throw none();
    }

    @Override
    public void inner(String parser, @Nullable Object context) {
        throw none();
    }

    @Override
    public Inside inside() {
        throw none();
    }

    @Override
    public Inside inside(String parser, @Nullable Object context) {
        throw none();
    }

    @Override
    public Inside insideDatagrams(String parser) {
        throw none();
    }

    private static UnsupportedOperationException none() {
        return new UnsupportedOperationException("exports about flows come in datagrams alone");
    }
}
