package io.hark.parse.ssh;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.bytes.Digests;
import io.hark.event.Side;
import io.hark.event.Ssh;
import io.hark.format.TextLine;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/// One SSH connection: banners, the key exchange in the clear, then lengths until the login is
/// decided.
///
/// The client is who opened the connection, unless the other side alone offers to be one: reversed
/// tunnels keep their roles. Encrypted packets are told apart where the cipher leaves their lengths
/// readable (GCM, MACs over the ciphertext); else what arrives at once counts as one.
///
/// *Source*: RFC 4253 §4.2 (banner), §6 (packets), §7 (key exchange), §8 and RFC 4419, RFC 5656
/// (the server's key).
final class SshSession implements StreamParser.Session {

    private static final int MAX_LINE = 2048; // banners have 255 octets, lines before them a few
    private static final int MAX_PACKET = 1 << 16; // RFC 4253 §6.1 asks for 35000
    private static final int MAX_KEY = 1 << 14; // certificates of hosts have some KB
    private static final int MAX_REPLIES = 2000; // encrypted answers looked at before giving up

    private static final int DISCONNECT = 1;
    private static final int KEX_INIT = 20;
    private static final int NEW_KEYS = 21;
    private static final int KEX_REPLY = 31; // in a group exchange: the group
    private static final int GROUP_EXCHANGE_REPLY = 33;

    private enum State {
        BANNER,
        CLEAR,
        ENCRYPTED,
        DONE
    }

    private static final class Half {
        State state = State.BANNER;
        @Nullable String banner;
        @Nullable KeyExchange offer;
        int tag; // octets behind a packet whose length can be read; -1 where it cannot
    }

    private final Connection connection;
    private final Half originator = new Half();
    private final Half responder = new Half();
    private final AuthGuess guess = new AuthGuess();
    private long began;
    private int replies;
    private boolean confirmed;
    private boolean told;
    private @Nullable String fingerprint;

    SshSession(Connection connection) {
        this.connection = connection;
    }

    private Half half(Side side) {
        return side == Side.ORIGINATOR ? originator : responder;
    }

    @Override
    public int maxMessage() {
        return MAX_PACKET + 4;
    }

    // ---- framing

    @Override
    public int frame(Bytes head, Side side) {
        Half half = half(side);
        return switch (half.state) {
            case BANNER -> banner(head);
            case CLEAR -> clear(head);
            case ENCRYPTED ->
                    half.tag < 0 ? Math.min(head.length(), MAX_PACKET) : sized(head, half);
            case DONE -> Math.min(head.length(), MAX_PACKET);
        };
    }

    private static int banner(Bytes head) {
        int length = TextLine.frame(head, MAX_LINE);
        return length > MAX_LINE ? MALFORMED : length;
    }

    private static int clear(Bytes head) {
        long length = head.peekU32(0);
        return length < 0 ? MORE : length < 5 || length > MAX_PACKET ? MALFORMED : 4 + (int) length;
    }

    private static int sized(Bytes head, Half half) {
        long length = head.peekU32(0);
        return length < 0
                ? MORE
                : length > MAX_PACKET - half.tag ? MALFORMED : 4 + (int) length + half.tag;
    }

    // ---- messages

    @Override
    public void message(Bytes whole, Side side) {
        Half half = half(side);
        switch (half.state) {
            case BANNER -> banner(whole, half, side);
            case CLEAR -> packet(whole, half, side);
            case ENCRYPTED -> encrypted(whole.length(), side);
            case DONE -> connection.skip(Body.UNTIL_END);
        }
    }

    private void banner(Bytes whole, Half half, Side side) {
        String line = TextLine.of(whole);
        if (!line.startsWith(SshParser.BANNER)) {
            if (side == Side.ORIGINATOR) {
                whole.fail("no banner");
            }
            return;
        }
        half.banner = line;
        half.state = version(line) == 1 ? State.DONE : State.CLEAR;
        if (began == 0) {
            began = connection.now();
        }
        if (!confirmed
                && (originator.banner != null && responder.banner != null
                        || connection.isMidstream())) {
            confirm();
        }
    }

    private void confirm() {
        confirmed = true;
        connection.confirm();
    }

    private static int version(String banner) {
        return banner.startsWith("SSH-1.") && !banner.startsWith("SSH-1.99") ? 1 : 2;
    }

    private void packet(Bytes whole, Half half, Side side) {
        long length = whole.u32();
        int padding = whole.u8();
        if (padding + 1 >= length) {
            whole.fail("more padding than packet");
            return;
        }
        int outer = whole.limit(length - 1 - padding);
        int type = whole.u8();
        switch (type) {
            case KEX_INIT -> half.offer = KeyExchange.read(whole);
            case KEX_REPLY -> {
                String kex = kex();
                if (side == Side.RESPONDER
                        && kex != null
                        && !kex.startsWith("diffie-hellman-group-exchange")) {
                    hostKey(whole);
                }
            }
            case GROUP_EXCHANGE_REPLY -> {
                if (side == Side.RESPONDER) {
                    hostKey(whole);
                }
            }
            case NEW_KEYS -> {
                half.state = State.ENCRYPTED;
                half.tag = tag(side);
            }
            case DISCONNECT -> half.state = State.DONE;
            default -> {} // of the key exchange, or of no interest
        }
        whole.unlimit(outer);
        if (!confirmed && half.offer != null) {
            confirm();
        }
    }

    private @Nullable String kex() {
        return agreed(KeyExchange.KEX);
    }

    private @Nullable String agreed(int which) {
        KeyExchange client = originator.offer;
        KeyExchange server = responder.offer;
        return client == null || server == null ? null : KeyExchange.agreed(client, server, which);
    }

    private @Nullable String agreedBothWays(int which) {
        KeyExchange client = originator.offer;
        KeyExchange server = responder.offer;
        return client == null || server == null
                ? null
                : KeyExchange.bothWays(client, server, which);
    }

    private void hostKey(Bytes in) {
        long length = in.u32();
        if (length == 0 || length > MAX_KEY || length > in.remaining()) {
            in.fail("no host key");
            return;
        }
        byte[] digest = Digests.sha256(in.take((int) length));
        fingerprint = "SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    }

    /// How many octets stand behind an encrypted packet whose length is in the clear; -1 where the
    /// length is encrypted, too.
    private int tag(Side side) {
        int way = side == Side.ORIGINATOR ? 0 : 1;
        String cipher = agreed(KeyExchange.CIPHER + way);
        String mac = agreed(KeyExchange.MAC + way);
        if (cipher == null || cipher.startsWith("chacha20")) {
            return -1;
        }
        if (cipher.contains("gcm")) {
            return 16;
        }
        return mac == null || !mac.contains("-etm@")
                ? -1
                : mac.contains("-96")
                        ? 12
                        : mac.contains("umac-64")
                                ? 8
                                : mac.contains("256")
                                        ? 32
                                        : mac.contains("512") ? 64 : mac.contains("sha1") ? 20 : 16;
    }

    private void encrypted(int length, Side side) {
        guess.message(side, length);
        if (side == Side.RESPONDER && ++replies > MAX_REPLIES || guess.isSuccess()) {
            originator.state = State.DONE;
            responder.state = State.DONE;
            tell();
            connection.skip(Body.UNTIL_END);
        }
    }

    // ---- ends

    @Override
    public boolean gap(Side side, long bytes) {
        Half half = half(side);
        if (half.state == State.ENCRYPTED) {
            half.state = State.DONE;
        }
        return half.state == State.DONE;
    }

    @Override
    public void close() {
        tell();
    }

    private void tell() {
        if (told || !confirmed) {
            return;
        }
        told = true;
        String client = originator.banner;
        String server = responder.banner;
        KeyExchange offered = originator.offer;
        KeyExchange answered = responder.offer;
        String known = client != null ? client : server;
        connection.emit(
                new Ssh(
                        began,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        known == null ? null : version(known),
                        guess.isSuccess() ? Boolean.TRUE : guess.failures() > 0 ? false : null,
                        guess.attempts(),
                        direction(),
                        client,
                        server,
                        agreedBothWays(KeyExchange.CIPHER),
                        agreedBothWays(KeyExchange.MAC),
                        agreedBothWays(KeyExchange.COMPRESSION),
                        agreed(KeyExchange.KEX),
                        agreed(KeyExchange.HOST_KEY),
                        fingerprint,
                        offered == null ? null : offered.hassh(Side.ORIGINATOR),
                        answered == null ? null : answered.hassh(Side.RESPONDER)));
    }

    private @Nullable String direction() {
        boolean from = connection.isLocal(Side.ORIGINATOR);
        boolean to = connection.isLocal(Side.RESPONDER);
        return from == to ? null : from ? "OUTBOUND" : "INBOUND";
    }
}
