package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// What a responder says about one certificate: whether it was revoked.
@Named(value = "ocsp", about = "whether a certificate was revoked, as a responder says")
public record Ocsp(
        @About(value = "when it was seen", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("id of the connection") String uid,
        @About(value = "id of the file; none where the answer came inside a handshake", name = "id")
                @Nullable String fuid,
        @About(value = "what the two hashes are made with: sha1, sha256", name = "hashAlgorithm")
                String hash_algorithm,
        @About(value = "hash of the issuer's name, upper-case hex", name = "issuerNameHash")
                String issuer_name_hash,
        @About(value = "hash of the issuer's key, upper-case hex", name = "issuerKeyHash")
                String issuer_key_hash,
        @About(value = "serial number of the certificate, upper-case hex", name = "serialNumber")
                String serial_number,
        @About(value = "good, revoked or unknown", name = "certStatus") String cert_status,
        @About(value = "when it was revoked", name = "revoketime", unit = Unit.TIME)
                @Nullable Long revoke_time,
        @About(value = "why it was revoked", name = "revokereason") @Nullable String revoke_reason,
        @About(value = "when this was known to be so", name = "thisUpdate", unit = Unit.TIME)
                @Nullable Long this_update,
        @About(value = "when more will be known", name = "nextUpdate", unit = Unit.TIME)
                @Nullable Long next_update)
        implements Event {}
