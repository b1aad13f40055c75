package io.hark.decode.tunnel;

import io.hark.Decoder;
import io.hark.Verdict;
import io.hark.Voice;
import io.hark.carry.Carried;
import io.hark.carry.WebSocketMessage;
import io.hark.event.Fact;
import io.hark.event.Message.Speaker;
import io.hark.event.Side;
import io.hark.event.Topic;
import io.hark.schema.Stored;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Chisel: SSH inside of a WebSocket, and TCP and UDP connections inside of that.
///
/// Only that it is there can be told: SSH agrees on its keys anew for each session (ECDH), so
/// neither end's private key opens a recording.
///
/// *Shape*: the subprotocol `chisel-v3` (or another number) and binary messages of a WebSocket; the
/// first of each side begins with its SSH version. *Source*: jpillora/chisel's documentation; no
/// capture verifies it.
public final class Chisel implements Decoder<Chisel.Session> {

    private static final String SUBPROTOCOL = "chisel-";
    private static final String BANNER = "SSH-2.0-";
    private static final int MAX_BANNER = 255; // RFC 4253 §4.2

    /// What is known of one WebSocket.
    ///
    /// @param said how many banners were read
    public record Session(int said) implements Stored {}

    @Override
    public String name() {
        return "chisel";
    }

    @Override
    public String about() {
        return "Chisel: that SSH goes through a WebSocket, and its version";
    }

    @Override
    public Info info() {
        return new Info(
                List.of("Chisel"),
                Set.of(Carrier.WEB_SOCKET),
                Set.of(),
                "that it is there; what it carries is closed: SSH's keys live for one session",
                "",
                false);
    }

    @Override
    public Class<Session> stateType() {
        return Session.class;
    }

    @Override
    public int taste(Tasting tasting) {
        return tasting instanceof WebSocketSeen seen && isBanner(seen.message())
                ? Verdict.YES
                : Verdict.NO;
    }

    private static boolean isBanner(WebSocketMessage message) {
        return message.number() == 0
                && message.protocol().startsWith(SUBPROTOCOL)
                && banner(message).startsWith(BANNER);
    }

    private static String banner(WebSocketMessage message) {
        int length = Math.min(message.bytes().length, MAX_BANNER);
        String text = new String(message.bytes(), 0, length, StandardCharsets.ISO_8859_1);
        int end = text.indexOf('\r');
        return end < 0 ? text : text.substring(0, end);
    }

    @Override
    public void keys(Carried input, Keys sink) {
        sink.add(input.uid());
    }

    @Override
    public @Nullable Session converse(Carried piece, @Nullable Session state, Conversation turn) {
        if (!(piece instanceof WebSocketMessage message)) {
            return state;
        }
        boolean client = message.side() == Side.ORIGINATOR;
        String banner = banner(message);
        Voice.of(this, turn, piece, "tcp", "http", "websocket", "ssh")
                .ofFamily("Chisel")
                .say(
                        piece.ts(),
                        client ? Speaker.IMPLANT : Speaker.OPERATOR,
                        Topic.TUNNEL_OPENED,
                        message.protocol() + " speaks SSH: " + banner,
                        Fact.of("version", message.protocol()),
                        Fact.of("software", banner));
        return new Session(state == null ? 1 : state.said + 1);
    }
}
