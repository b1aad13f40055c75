package io.hark.decode.cobaltstrike;

import io.hark.Decoder.Secrets;
import io.hark.Secret;
import io.hark.bytes.Digests;
import io.hark.carry.HttpExchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What one exchange is to a beacon, as far as the secrets at hand tell.
///
/// @param config the configuration in its answer, or null
/// @param sealed metadata under the server's RSA key, or null
/// @param metadata the same opened, or null
/// @param keys those of the session, or null
/// @param frames encrypted callbacks
/// @param session its conversation
record Sighting(
        @Nullable Config config,
        byte @Nullable [] sealed,
        @Nullable Metadata metadata,
        @Nullable SessionKeys keys,
        List<byte[]> frames,
        String session) {

    private static final int MAX_RSA = 64; // keys tried on one exchange, a millisecond each
    private static final int MAX_PROFILES = 16; // tried on one exchange
    private static final int MIN_STAGE = 4096; // octets: a DLL is larger

    /// Looks at an exchange.
    static Sighting of(HttpExchange exchange, Secrets secrets) {
        Config config = config(exchange);
        if (config != null) {
            return new Sighting(config, null, null, null, List.of(), "server " + config.server());
        }
        List<SessionKeys> all = SessionKeys.all(secrets);
        byte[] sealed = sealed(exchange, secrets);
        if (sealed != null) {
            return polling(sealed, all, secrets);
        }
        List<byte[]> frames = frames(exchange, secrets);
        SessionKeys keys = frames.isEmpty() ? null : opening(frames.getFirst(), all);
        String known = keys == null ? "" : keys.session();
        String session = known.isEmpty() ? Places.id(exchange) : known;
        return new Sighting(null, null, null, keys, frames, session);
    }

    private static Sighting polling(byte[] sealed, List<SessionKeys> all, Secrets secrets) {
        byte[] hash = Digests.sha256(sealed);
        for (SessionKeys keys : all) {
            if (Arrays.equals(keys.secret().value("cobaltstrike metadata"), hash)) {
                return new Sighting(null, sealed, null, keys, List.of(), keys.session());
            }
        }
        List<Secret> rsa = secrets.secrets(Secret.Kind.RSA_PRIVATE);
        for (Secret secret : rsa.subList(0, Math.min(rsa.size(), MAX_RSA))) {
            Metadata metadata = Metadata.read(Digests.unsealed(secret.value("pkcs8"), sealed));
            if (metadata != null) {
                SessionKeys keys = SessionKeys.of(secret, metadata.random());
                String session = Long.toString(metadata.id());
                return new Sighting(null, sealed, metadata, keys, List.of(), session);
            }
        }
        String name = "metadata " + HexFormat.of().formatHex(hash, 0, 6);
        return new Sighting(null, sealed, null, null, List.of(), name);
    }

    /// The configuration that a stager downloaded; null where the exchange is no stager's.
    static @Nullable Config config(HttpExchange exchange) {
        return isStager(exchange.uri()) && exchange.responseBody().length >= MIN_STAGE
                ? Config.find(exchange.responseBody())
                : null;
    }

    /// Whether the letters of a path add up to 92 or 93 modulo 256 (Metasploit's `checksum8`): x86
    /// and x64.
    static boolean isStager(String uri) {
        int question = uri.indexOf('?');
        String path = question < 0 ? uri : uri.substring(0, question);
        if (path.length() < 4 || path.length() > 256) {
            return false;
        }
        int sum = path.chars().filter(c -> c != '/').sum() & 0xff;
        return sum == 92 || sum == 93;
    }

    private static byte @Nullable [] sealed(HttpExchange exchange, Secrets secrets) {
        for (Config config : profiles(secrets)) {
            byte[] program = config.settings().get(Config.GET_REQUEST);
            byte[] found =
                    program == null
                            ? null
                            : Program.ofRequest(program).request(exchange, Program.FIRST);
            if (found != null && found.length == Places.METADATA) {
                return found;
            }
        }
        return Places.metadata(exchange);
    }

    private static List<byte[]> frames(HttpExchange exchange, Secrets secrets) {
        for (Config config : profiles(secrets)) {
            byte[] program = config.settings().get(Config.POST_REQUEST);
            byte[] found =
                    program == null
                            ? null
                            : Program.ofRequest(program).request(exchange, Program.OUTPUT);
            List<byte[]> frames = found == null ? List.of() : Places.frames(found);
            if (!frames.isEmpty()) {
                return frames;
            }
        }
        return Places.callback(exchange);
    }

    /// What may be the encrypted tasks in an answer.
    static List<byte[]> tasks(HttpExchange exchange, Secrets secrets) {
        List<byte[]> candidates = new ArrayList<>();
        for (Config config : profiles(secrets)) {
            byte[] program = config.settings().get(Config.RECOVER);
            byte[] found =
                    program == null
                            ? null
                            : Program.ofResponse(program).response(exchange.responseBody());
            if (found != null) {
                candidates.add(found);
            }
        }
        candidates.addAll(Places.decoded(exchange.responseBody()));
        return candidates;
    }

    private static List<Config> profiles(Secrets secrets) {
        List<Config> profiles = new ArrayList<>();
        for (Secret secret : secrets.secrets(Secret.Kind.PROFILE)) {
            Config config =
                    profiles.size() < MAX_PROFILES ? Config.find(secret.value("profile")) : null;
            if (config != null) {
                profiles.add(config);
            }
        }
        return profiles;
    }

    /// The keys under which data verifies, or null.
    static @Nullable SessionKeys opening(byte[] data, List<SessionKeys> all) {
        for (SessionKeys keys : all) {
            if (keys.open(data) != null) {
                return keys;
            }
        }
        return null;
    }
}
