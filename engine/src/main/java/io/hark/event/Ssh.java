package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// An SSH connection, as far as it is in the clear, and what the lengths of what is not tell.
@Named(value = "ssh", about = "an SSH connection", sight = Sight.SHAPE)
public record Ssh(
        @About(value = "time of the first banner", unit = Unit.TIME) long ts,
        @About(value = "when it was decided, or over", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("version of the protocol: 1 or 2") @Nullable Integer version,
        @About("whether somebody got in, guessed by lengths; absent where nothing tells")
                @Nullable Boolean auth_success,
        @About("attempts to get in, guessed by lengths") int auth_attempts,
        @About("INBOUND or OUTBOUND, where exactly one end is of the local networks")
                @Nullable String direction,
        @About("the client's banner") @Nullable String client,
        @About("the server's banner") @Nullable String server,
        @About("cipher agreed upon") @Nullable String cipher_alg,
        @About("message authentication code agreed upon") @Nullable String mac_alg,
        @About("compression agreed upon") @Nullable String compression_alg,
        @About("key exchange agreed upon") @Nullable String kex_alg,
        @About("kind of the server's key") @Nullable String host_key_alg,
        @About("SHA-256 of the server's key, as ssh-keygen shows it")
                @Nullable String host_key_fingerprint,
        @About("HASSH: fingerprint of what the client offers") @Nullable String hassh,
        @About(value = "fingerprint of what the server offers", name = "hasshServer")
                @Nullable String hassh_server)
        implements OfConnection {}
