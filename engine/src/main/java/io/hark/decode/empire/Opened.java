package io.hark.decode.empire;

import io.hark.Decoder.Secrets;
import io.hark.Secret;
import io.hark.bytes.Digests;
import io.hark.bytes.codec.TextCodec;
import io.hark.carry.HttpExchange;
import io.hark.format.web.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The routing packets of one exchange.
///
/// @param secret what it was opened with
/// @param key the staging key
/// @param cookie those of the request's cookie
/// @param request those of the request's body
/// @param response those of the answer's body
record Opened(
        Secret secret,
        byte[] key,
        List<RoutingPacket> cookie,
        List<RoutingPacket> request,
        List<RoutingPacket> response) {

    private static final int MAX_TRIED = 4096; // staging keys on one exchange, a microsecond each
    private static final int MAX_KEY = 252; // RC4's key has 256 octets, four of them the IV

    /// Opens an exchange with the first staging key that fits its cookie or its bodies, or null.
    static @Nullable Opened of(HttpExchange exchange, Secrets secrets) {
        byte[] cookie = cookie(exchange);
        int tried = 0;
        for (Secret secret : candidates(secrets)) {
            for (byte[] key : keys(secret)) {
                if (key.length == 0 || key.length > MAX_KEY || tried++ > MAX_TRIED) {
                    continue;
                }
                List<RoutingPacket> asked = RoutingPacket.read(cookie, key);
                List<RoutingPacket> request = RoutingPacket.read(exchange.requestBody(), key);
                if (!asked.isEmpty() || !request.isEmpty()) {
                    return new Opened(
                            secret,
                            key,
                            asked,
                            request,
                            RoutingPacket.read(exchange.responseBody(), key));
                }
            }
        }
        return null;
    }

    private static List<Secret> candidates(Secrets secrets) {
        List<Secret> all = new ArrayList<>(secrets.secrets(Secret.Kind.BYTES));
        all.addAll(secrets.secrets(Secret.Kind.PASSWORD));
        return all;
    }

    /// A password is the staging key itself, or what a server makes one of: its MD5 in hex.
    private static List<byte[]> keys(Secret secret) {
        byte[] password = secret.value("password");
        if (secret.kind() != Secret.Kind.PASSWORD) {
            return List.of(secret.value("bytes"));
        }
        String hashed = HexFormat.of().formatHex(Digests.md5(password));
        return List.of(password, hashed.getBytes(StandardCharsets.US_ASCII));
    }

    /// The octets of the cookie that may be a routing packet; empty where there is none.
    static byte[] cookie(HttpExchange exchange) {
        String header = HttpExchange.header(exchange.requestHeaders(), "Cookie");
        for (Field cookie : Field.cookies(header)) {
            byte[] octets = packet(cookie.value());
            if (octets.length > 0) {
                return octets;
            }
        }
        return new byte[0];
    }

    private static byte[] packet(String value) {
        boolean fits = value.length() == 28 && value.endsWith("=") && !value.endsWith("==");
        byte[] octets = fits ? TextCodec.BASE64.decode(value) : null;
        return octets != null && octets.length == RoutingPacket.SIZE ? octets : new byte[0];
    }

    /// The sessions it belongs to, each once.
    List<String> sessions() {
        List<String> names = new ArrayList<>();
        for (List<RoutingPacket> packets : List.of(cookie, request, response)) {
            packets.forEach(
                    packet -> {
                        if (!names.contains(packet.session())) {
                            names.add(packet.session());
                        }
                    });
        }
        return names;
    }
}
