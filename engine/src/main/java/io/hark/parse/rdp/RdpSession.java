package io.hark.parse.rdp;

import io.hark.Body;
import io.hark.Connection;
import io.hark.StreamParser;
import io.hark.bytes.Bytes;
import io.hark.event.Rdp;
import io.hark.event.Side;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One connection: the request with its cookie, the server's choice, and, where that is RDP's own
/// security, the settings that both tell in the clear. Where it is TLS, what follows is looked at
/// anew.
///
/// ```
/// 03 00 length (2)  X.224: length, e0 request | d0 answer | f0 data
/// ```
///
/// *Source*: MS-RDPBCGR §2.2.1.1 (request), §2.2.1.2 (answer), §2.2.1.3 (client data), §2.2.1.4
/// (server data).
final class RdpSession implements StreamParser.Session {

    private static final int ANSWER = 0xd0;
    private static final int DATA = 0xf0;
    private static final int TPKT = 4;
    private static final int FIXED = 11; // TPKT and the fixed part of X.224
    private static final int MAX_BLOCKS = 32; // of settings: there are a dozen kinds
    private static final int MAX_CHANNELS = 31; // §2.2.1.3.4
    private static final int CLIENT_CORE = 0xc001;
    private static final int CLIENT_NETWORK = 0xc003;
    private static final int SERVER_SECURITY = 0x0c02;
    private static final int WANTS_32_BITS = 2;
    private static final String CLIENT_KEY = "Duca"; // in front of the blocks (T.124)
    private static final String SERVER_KEY = "McDn";

    private final Connection connection;
    private final long ts;
    private boolean confirmed;
    private boolean over;
    private boolean told;
    private @Nullable String cookie;
    private @Nullable String result;
    private @Nullable String security;
    private @Nullable List<String> channels;
    private @Nullable String keyboard;
    private @Nullable String build;
    private @Nullable String name;
    private @Nullable String product;
    private @Nullable Integer width;
    private @Nullable Integer height;
    private @Nullable String depth;
    private @Nullable String certificate;
    private int certificates;
    private @Nullable Boolean permanent;
    private @Nullable String level;
    private @Nullable String method;

    RdpSession(Connection connection) {
        this.connection = connection;
        this.ts = connection.now();
    }

    @Override
    public int frame(Bytes head, Side side) {
        if (over) {
            return head.length();
        }
        if (head.length() < TPKT) {
            return MORE;
        }
        int length = head.peekU16(2);
        return head.peek(0) != 3 || length < TPKT + 2
                ? MALFORMED
                : length > head.length() ? MORE : length;
    }

    @Override
    public void message(Bytes whole, Side side) {
        if (over) {
            connection.skip(Body.UNTIL_END);
            return;
        }
        switch (whole.peek(TPKT + 1)) {
            case RdpParser.CONNECTION_REQUEST -> {
                if (side == Side.ORIGINATOR) {
                    request(whole);
                }
            }
            case ANSWER -> {
                if (side == Side.RESPONDER) {
                    answer(whole);
                }
            }
            case DATA -> data(whole, side);
            default -> whole.fail("no X.224");
        }
    }

    private void request(Bytes in) {
        String prefix = "Cookie: mstshash=";
        int end = in.indexOf('\r', FIXED);
        if (in.looksAt(FIXED, prefix) && end > 0) {
            cookie = in.ascii(FIXED + prefix.length(), end);
        } else {
            cookie = "";
        }
    }

    private void answer(Bytes in) {
        if (!confirmed) {
            confirmed = true;
            connection.confirm();
        }
        if (in.length() < FIXED + 8) {
            security = RdpNames.security(0); // an old server
            return;
        }
        in.seek(FIXED);
        int type = in.u8();
        in.skip(3);
        int value = (int) in.leU32();
        if (type == 3) {
            result = RdpNames.failure(value);
            end();
        } else if (type == 2) {
            security = RdpNames.security(value);
            if (value != 0) {
                result = "encrypted";
                connection.inner();
            }
        }
    }

    private void data(Bytes in, Side side) {
        boolean client = side == Side.ORIGINATOR;
        int key = keyAt(in, client ? CLIENT_KEY : SERVER_KEY);
        if (key < 0) {
            if (client ? name != null : method != null) {
                end();
            }
            return;
        }
        in.seek(key);
        if (in.u8() >= 0x80) { // length of the blocks, in one or two octets
            in.u8();
        }
        if (!client) {
            result = "Success";
        }
        for (int i = 0; i < MAX_BLOCKS && in.remaining() >= 4; i++) {
            int type = in.leU16();
            int length = in.leU16() - 4;
            if (length < 0 || length > in.remaining()) {
                break;
            }
            int outer = in.limit(length);
            switch (type) {
                case CLIENT_CORE -> core(in);
                case CLIENT_NETWORK -> network(in);
                case SERVER_SECURITY -> security(in);
                default -> {}
            }
            in.unlimit(outer);
        }
        if (!client) {
            end();
        }
    }

    /// Where the blocks begin: behind their key; -1 where it is not.
    private static int keyAt(Bytes in, String key) {
        int at = in.indexOf(key.charAt(0), 0);
        while (at >= 0 && !in.looksAt(at, key)) {
            at = in.indexOf(key.charAt(0), at + 1);
        }
        return at < 0 ? -1 : at + key.length();
    }

    private void core(Bytes in) {
        in.skip(4); // version
        width = in.leU16();
        height = in.leU16();
        in.skip(4);
        keyboard = RdpNames.keyboard((int) in.leU32());
        build = RdpNames.build((int) in.leU32());
        name = wide(in, 32);
        in.skip(12 + 64); // keyboard's kind, input method
        if (in.remaining() < 14) {
            return;
        }
        in.skip(8);
        int bits = in.leU16();
        in.skip(2);
        int can = in.leU16();
        depth = (can & WANTS_32_BITS) != 0 ? "32bit" : bits + "bit";
        if (in.remaining() >= 64) {
            product = wide(in, 64);
        }
    }

    private static String wide(Bytes in, int octets) {
        String text = new String(in.take(octets), StandardCharsets.UTF_16LE);
        int zero = text.indexOf(0);
        return zero < 0 ? text : text.substring(0, zero);
    }

    private void network(Bytes in) {
        long count = Math.min(in.leU32(), MAX_CHANNELS);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count && in.remaining() >= 12; i++) {
            String padded = in.ascii(8);
            int zero = padded.indexOf(0);
            names.add(zero < 0 ? padded : padded.substring(0, zero));
            in.skip(4);
        }
        channels = names;
    }

    private void security(Bytes in) {
        method = RdpNames.method((int) in.leU32());
        level = RdpNames.level((int) in.leU32());
        if (in.remaining() < 12) {
            return;
        }
        long random = in.leU32();
        in.leU32();
        in.skip(random);
        long version = in.leU32();
        boolean own = (version & 0x7fff_ffff) == 1;
        certificate = own ? "RSA" : "X.509";
        permanent = (version & 0x8000_0000L) == 0;
        certificates = own ? 1 : (int) Math.min(in.leU32(), Integer.MAX_VALUE);
    }

    private void end() {
        over = true;
        tell();
    }

    private void tell() {
        if (told || !confirmed) {
            return;
        }
        told = true;
        connection.emit(
                new Rdp(
                        ts,
                        connection.now(),
                        connection.uid(),
                        connection.id(),
                        cookie,
                        result,
                        security,
                        channels == null ? null : List.copyOf(channels),
                        keyboard,
                        build,
                        name,
                        product,
                        width,
                        height,
                        depth,
                        certificate,
                        certificates,
                        permanent,
                        level,
                        method));
    }

    @Override
    public boolean gap(Side side, long bytes) {
        return over;
    }

    @Override
    public void close() {
        tell();
    }
}
