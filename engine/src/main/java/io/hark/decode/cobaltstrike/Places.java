package io.hark.decode.cobaltstrike;

import io.hark.bytes.BigEndian;
import io.hark.bytes.Letters;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.HeaderIndex;
import io.hark.carry.HttpExchange;
import io.hark.format.web.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Where a beacon may put data when nobody knows its profile: every place of an exchange, in every
/// coding that profiles have. What is found is a candidate; a key check or a framing that comes out
/// whole decides.
final class Places {

    /// Octets of metadata: one block of RSA with 1,024 bits.
    static final int METADATA = 128;

    /// Octets of the MAC behind encrypted data.
    static final int MAC = 16;

    private static final int BLOCK = 16;
    private static final int LEAST = 4 + BLOCK + MAC;
    private static final int HEAD = 24; // characters that are looked at first: 12 octets at least
    private static final String LETTERS =
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int MAX_FRAMES = 4096; // of 48 octets at least, in a body of 1 MB at most
    private static final int MAX_HEADERS = 64;
    private static final int MIN_VALUE = 4 * METADATA / 3; // characters: in base64
    private static final int MIN_RUN = 43; // characters: 32 octets in base64
    private static final Set<String> ORDINARY =
            Set.of(
                    "user-agent",
                    "host",
                    "accept",
                    "accept-encoding",
                    "accept-language",
                    "content-type");

    private Places() {}

    /// The octets that may be sealed metadata: the whole of a value, or a run of letters in it.
    static byte @Nullable [] metadata(HttpExchange exchange) {
        for (String value : values(exchange)) {
            for (byte[] octets : decoded(value.getBytes(StandardCharsets.ISO_8859_1))) {
                if (octets.length == METADATA) {
                    return octets;
                }
            }
        }
        return null;
    }

    private static List<String> values(HttpExchange exchange) {
        List<String> headers = exchange.requestHeaders();
        boolean isLong =
                exchange.uri().length() >= MIN_VALUE
                        || !(headers instanceof HeaderIndex index)
                        || index.longest() >= MIN_VALUE;
        if (!isLong) {
            return List.of();
        }
        List<String> values = new ArrayList<>();
        for (String header : headers.subList(0, Math.min(headers.size(), MAX_HEADERS))) {
            if (header.length() < MIN_VALUE) {
                continue;
            }
            int colon = header.indexOf(':');
            String name = header.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT);
            String value = header.substring(colon + 1).strip();
            if (name.equals("cookie")) {
                Field.cookies(value).forEach(cookie -> values.add(cookie.value()));
            }
            if (!ORDINARY.contains(name)) {
                values.add(value);
            }
        }
        if (exchange.uri().length() >= MIN_VALUE) {
            Field.query(exchange.uri()).forEach(field -> values.add(field.value()));
            values.add(exchange.uri());
        }
        values.removeIf(value -> value.length() < MIN_VALUE);
        return values;
    }

    /// What octets may stand for: themselves, and the longest run of each alphabet in them; each of
    /// these as it is and unmasked.
    static List<byte[]> decoded(byte[] octets) {
        List<byte[]> found = new ArrayList<>();
        both(octets, found);
        for (Alphabet alphabet : Alphabet.values()) {
            byte[] run = alphabet.longestRun(octets);
            byte[] data = run.length == 0 ? null : alphabet.codec.decode(run);
            if (data != null) {
                both(data, found);
            }
        }
        return found;
    }

    private static void both(byte[] data, List<byte[]> found) {
        found.add(data);
        byte[] unmasked = Program.unmasked(data);
        if (unmasked != null) {
            found.add(unmasked);
        }
    }

    /// A coding in text, and the letters it has. Those of NetBIOS are among those of base64: where
    /// there is no run of these, there is none of those.
    private enum Alphabet {
        BASE64(TextCodec.BASE64, LETTERS + "+/="),
        BASE64_URL(TextCodec.BASE64_URL, LETTERS + "-_"),
        NETBIOS(TextCodec.NETBIOS, "abcdefghijklmnop"),
        NETBIOS_UPPER(TextCodec.NETBIOS_UPPER, "ABCDEFGHIJKLMNOP");

        private static final byte[] NOTHING = {};

        private final TextCodec codec;
        private final Letters letters;

        Alphabet(TextCodec codec, String letters) {
            this.codec = codec;
            this.letters = new Letters(letters);
        }

        /// The longest run of its letters, the first of them; nothing if it is shorter than
        /// [#MIN_RUN].
        private byte[] longestRun(byte[] octets) {
            int best = 0;
            int length = 0;
            int from = letters.run(octets, 0, MIN_RUN);
            while (from >= 0) {
                int to = letters.end(octets, from);
                best = from;
                length = to - from;
                from = letters.run(octets, to, length + 1);
            }
            return length == 0 ? NOTHING : Arrays.copyOfRange(octets, best, best + length);
        }
    }

    /// The encrypted frames of a callback, `length:u32 data MAC[16]` one behind the other, if
    /// `octets` are nothing but such; none else.
    static List<byte[]> frames(byte[] octets) {
        List<byte[]> frames = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            if (octets.length - at < 4 || frames.size() == MAX_FRAMES) {
                return List.of();
            }
            long length =
                    (octets[at] & 0xffL) << 24
                            | (octets[at + 1] & 0xff) << 16
                            | (octets[at + 2] & 0xff) << 8
                            | octets[at + 3] & 0xff;
            if (length < BLOCK + MAC || length % BLOCK != 0 || length > octets.length - at - 4) {
                return List.of();
            }
            frames.add(Arrays.copyOfRange(octets, at + 4, at + 4 + (int) length));
            at += 4 + (int) length;
        }
        return frames;
    }

    /// The frames in a request's body, whatever it is coded in; none where there are none.
    ///
    /// Uploads of honest programs pass here too: of each reading the first octets are looked at
    /// before the rest is read.
    static List<byte[]> callback(HttpExchange exchange) {
        byte[] body = exchange.requestBody();
        List<byte[]> frames = body.length < LEAST ? List.of() : framesAsIsOrUnmasked(body);
        boolean isText = false;
        for (Alphabet alphabet : Alphabet.values()) {
            if (!frames.isEmpty() || !isText && alphabet == Alphabet.NETBIOS) {
                return frames;
            }
            byte[] run = alphabet.longestRun(body);
            isText |= run.length > 0;
            byte[] head = run.length == 0 ? null : alphabet.codec.decode(Arrays.copyOf(run, HEAD));
            if (head != null && mayBegin(head, run.length)) {
                byte[] data = alphabet.codec.decode(run);
                frames = data == null ? frames : framesAsIsOrUnmasked(data);
            }
        }
        return frames;
    }

    private static List<byte[]> framesAsIsOrUnmasked(byte[] data) {
        List<byte[]> frames = frames(data);
        byte[] unmasked =
                frames.isEmpty() && mayBegin(data, data.length) ? Program.unmasked(data) : null;
        return unmasked == null ? frames : frames(unmasked);
    }

    /// Whether a frame's length may stand at the beginning, as it is or under a mask of four octets
    /// that stands before it.
    private static boolean mayBegin(byte[] head, int most) {
        if (head.length < 8) {
            return false;
        }
        int first = BigEndian.i32(head, 0);
        return isLength(first, most) || isLength(first ^ BigEndian.i32(head, 4), most);
    }

    private static boolean isLength(int length, int most) {
        return length >= BLOCK + MAC && length % BLOCK == 0 && length <= most;
    }

    /// The session id that a callback tells: a number of four digits or more in the query, the
    /// path, a cookie; empty where there is none.
    static String id(HttpExchange exchange) {
        List<String> values = new ArrayList<>();
        Field.query(exchange.uri()).forEach(field -> values.add(field.value()));
        String cookie = HttpExchange.header(exchange.requestHeaders(), "Cookie");
        Field.cookies(cookie).forEach(field -> values.add(field.value()));
        values.addAll(List.of(exchange.uri().split("[/?&=;]", 32)));
        for (String value : values) {
            if (isNumber(value)) {
                return value;
            }
        }
        return "";
    }

    private static boolean isNumber(String value) {
        if (value.length() < 4 || value.length() > 10) {
            return false;
        }
        for (int i = 0; i < value.length(); i++) {
            if (value.charAt(i) < '0' || value.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }
}
