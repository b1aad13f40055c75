package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Named;
import io.hark.schema.Sight;
import io.hark.schema.Unit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A TLS or SSL handshake.
@Named(value = "ssl", about = "a TLS or SSL handshake", sight = Sight.SHAPE)
public record Ssl(
        @About(value = "time of the hello", unit = Unit.TIME) long ts,
        @About(value = "when the handshake ended, or the connection", unit = Unit.TIME, log = false)
                long seen,
        @About("id of the connection") String uid,
        Endpoints id,
        @About("version the server chose") @Nullable String version,
        @About("cipher suite the server chose") @Nullable String cipher,
        @About("group of the key exchange") @Nullable String curve,
        @About("server name indication") @Nullable String server_name,
        @About("whether an earlier session was resumed") boolean resumed,
        @About("last alert") @Nullable String last_alert,
        @About("application protocol the server chose (ALPN)") @Nullable String next_protocol,
        @About("whether the handshake completed") boolean established,
        @About("messages in order, in Zeek's letters; upper case is the client")
                @Nullable String ssl_history,
        @About("SHA-256 of the server's certificates") @Nullable List<String> cert_chain_fps,
        @About("SHA-256 of the client's certificates") @Nullable List<String> client_cert_chain_fps,
        @About("subject of the server's certificate") @Nullable String subject,
        @About("issuer of the server's certificate") @Nullable String issuer,
        @About("subject of the client's certificate") @Nullable String client_subject,
        @About("issuer of the client's certificate") @Nullable String client_issuer,
        @About("whether the server's certificate is for that server name")
                @Nullable Boolean sni_matches_cert,
        @About("JA3 of the client hello") @Nullable String ja3,
        @About("JA3S of the server hello") @Nullable String ja3s,
        @About("JA4 of the client hello") @Nullable String ja4,
        @About(value = "transport protocol: tcp, or udp for DTLS and QUIC", log = false)
                String proto,
        @About(value = "application protocols the client offers (ALPN)", log = false)
                @Nullable List<String> client_protocols,
        @About(value = "serial number of the server's certificate", log = false)
                @Nullable String cert_serial,
        @About(value = "SHA-1 of the server's certificate", log = false) @Nullable String cert_sha1,
        @About(value = "server's certificate valid from", unit = Unit.TIME, log = false)
                @Nullable Long cert_not_before,
        @About(value = "server's certificate valid until", unit = Unit.TIME, log = false)
                @Nullable Long cert_not_after,
        @About(value = "DNS names the server's certificate is for", log = false)
                @Nullable List<String> cert_names,
        @About(
                        value =
                                "what stands out about the server's certificate: mismatch with the"
                                        + " name asked for, and what x509 says in facts",
                        log = false)
                @Nullable List<String> cert_facts,
        @About("what opened it, by the name of the key or key log; missing where nothing did")
                @Nullable String secret,
        @About(
                        value =
                                "octets of the server's heartbeats in the clear beyond those of the"
                                        + " client's; missing where not both sent one",
                        unit = Unit.BYTES,
                        log = false)
                @Nullable Long heartbeat_surplus)
        implements OfConnection {}
