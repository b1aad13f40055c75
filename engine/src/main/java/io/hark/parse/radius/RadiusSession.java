package io.hark.parse.radius;

import io.hark.Connection;
import io.hark.DatagramParser;
import io.hark.bytes.Bytes;
import io.hark.event.Radius;
import io.hark.event.Side;
import io.hark.schema.Addr;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Follows the attempts on one connection: requests with the same id, and challenges between, are
/// one attempt until it is decided.
///
/// *Thread*: the worker that owns the connection.
final class RadiusSession implements DatagramParser.Session {

    private static final int REQUEST = 1;
    private static final int ACCEPT = 2;
    private static final int REJECT = 3;
    private static final int CHALLENGE = 11;

    private static final int USER_NAME = 1;
    private static final int FRAMED_ADDRESS = 8;
    private static final int REPLY_MESSAGE = 18;
    private static final int STATE = 24;
    private static final int CALLING_STATION = 31;
    private static final int TUNNEL_CLIENT = 66;
    private static final int CONNECT_INFO = 77;

    private static final byte[] NONE = {};
    private static final int MAX_OPEN = 256; // ids have eight bits
    private static final int HARDWARE_DIGITS = 12;

    private final Connection connection;
    private final List<Attempt> open = new ArrayList<>(1);

    RadiusSession(Connection connection) {
        this.connection = connection;
    }

    @Override
    public void datagram(Bytes payload, Side side) {
        int code = payload.u8();
        int id = payload.u8();
        int length = payload.u16();
        payload.limit(length - 4);
        payload.skip(16);
        if (!payload.ok()) {
            return;
        }
        connection.confirm();
        if (code != REQUEST && code != ACCEPT && code != REJECT && code != CHALLENGE) {
            return; // accounting and changes are recognised, but are no attempt
        }
        Attempt attempt = of(code, id, payload);
        attempt.read(payload, code == CHALLENGE);
        if (code == ACCEPT || code == REJECT) {
            open.remove(attempt);
            attempt.emit(connection, code == ACCEPT ? "success" : "failed");
        }
    }

    /// A request that repeats the state of a challenge goes on with that attempt under a new id.
    private Attempt of(int code, int id, Bytes attributes) {
        byte[] state = code == REQUEST ? state(attributes) : NONE;
        for (Attempt attempt : open) {
            boolean goesOn = state.length > 0 && Arrays.equals(state, attempt.state);
            if (goesOn || attempt.id == id && !attempt.challenged) {
                attempt.id = id;
                return attempt;
            }
        }
        if (open.size() == MAX_OPEN) {
            open.removeFirst().emit(connection, null);
        }
        Attempt attempt = new Attempt(id, connection.now());
        open.add(attempt);
        return attempt;
    }

    /// The value of the attribute; empty where there is none. Does not move.
    private static byte[] state(Bytes attributes) {
        Bytes in = new Bytes().wrap(attributes);
        while (in.ok() && in.remaining() >= 2) {
            int type = in.u8();
            int length = in.u8() - 2;
            if (type == STATE) {
                return in.take(length);
            }
            in.skip(length);
        }
        return NONE;
    }

    @Override
    public void close() {
        for (Attempt attempt : open) {
            attempt.emit(connection, null);
        }
        open.clear();
    }

    /// An attempt that is not decided.
    private static final class Attempt {
        private int id;
        private final long began;
        private boolean challenged;
        private byte[] state = NONE; // of the challenge
        private @Nullable String user;
        private @Nullable String mac;
        private @Nullable Addr framed;
        private @Nullable String tunnelClient;
        private @Nullable String connectInfo;
        private @Nullable String reply;

        private Attempt(int id, long began) {
            this.id = id;
            this.began = began;
        }

        private void read(Bytes in, boolean isChallenge) {
            challenged = isChallenge;
            state = isChallenge ? RadiusSession.state(in) : NONE;
            while (in.ok() && in.remaining() >= 2) {
                int type = in.u8();
                int length = in.u8() - 2;
                switch (type) {
                    case USER_NAME -> user = in.utf8(length);
                    case FRAMED_ADDRESS ->
                            framed = length == 4 ? Addr.v4((int) in.u32()) : skipped(in, length);
                    case REPLY_MESSAGE -> reply = first(reply, in.utf8(length));
                    case CALLING_STATION -> mac = hardware(in.ascii(length));
                    case TUNNEL_CLIENT -> tunnelClient = untagged(in.utf8(length));
                    case CONNECT_INFO -> connectInfo = in.utf8(length);
                    default -> in.skip(length);
                }
            }
        }

        private static String first(@Nullable String before, String now) {
            return before == null ? now : before;
        }

        private @Nullable Addr skipped(Bytes in, int length) {
            in.skip(length);
            return framed;
        }

        /// RFC 2868 §3.3: a tag of at most 31 may stand before the text.
        private static String untagged(String text) {
            return !text.isEmpty() && text.charAt(0) < ' ' ? text.substring(1) : text;
        }

        /// `00-14-22-E9-54-5E`, `0014.22e9.545e` and others, in one form; null for a number that is
        /// called by telephone.
        private static @Nullable String hardware(String station) {
            String digits = station.replaceAll("[:.-]", "").toLowerCase(Locale.ROOT);
            if (digits.length() != HARDWARE_DIGITS || !digits.matches("[0-9a-f]*")) {
                return null;
            }
            return String.join(":", digits.split("(?<=\\G..)"));
        }

        private void emit(Connection connection, @Nullable String result) {
            long now = connection.now();
            connection.emit(
                    new Radius(
                            began,
                            now,
                            connection.uid(),
                            connection.id(),
                            user,
                            mac,
                            framed,
                            tunnelClient,
                            connectInfo,
                            reply,
                            result,
                            result == null ? null : Long.valueOf(now - began)));
        }
    }
}
