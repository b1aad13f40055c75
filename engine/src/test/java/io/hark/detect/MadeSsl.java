package io.hark.detect;

import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Ssl;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// TLS handshakes, for tests of detectors.
public final class MadeSsl {

    private MadeSsl() {}

    /// A handshake of TLS 1.2.
    ///
    /// @param at seconds after [MadeConn#START]
    /// @param name the server name that the client gave
    /// @param protocols what the client offers (ALPN)
    /// @param days how long the certificate is valid
    public static Ssl hello(
            double at,
            String to,
            int port,
            @Nullable String name,
            @Nullable String subject,
            @Nullable String issuer,
            @Nullable List<String> protocols,
            int days) {
        long ts = MadeConn.START + Math.round(at * MadeConn.SECOND);
        long day = 86_400 * MadeConn.SECOND;
        return new Ssl(
                ts,
                ts,
                "CTLS",
                new Endpoints(MadeConn.addr("10.0.0.5"), 40_000, MadeConn.addr(to), port),
                "TLSv12",
                null,
                null,
                name,
                false,
                null,
                protocols == null ? null : protocols.getFirst(),
                true,
                null,
                null,
                null,
                subject,
                issuer,
                null,
                null,
                null,
                null,
                null,
                null,
                "tcp",
                protocols,
                null,
                null,
                ts - day,
                ts - day + days * day,
                null,
                null,
                null,
                null);
    }

    /// The handshake of a connection, by a client of that JA4.
    public static Ssl of(Conn conn, String ja4) {
        return new Ssl(
                conn.ts(),
                conn.ts(),
                conn.uid(),
                conn.id(),
                "TLSv13",
                null,
                null,
                conn.resp_name(),
                false,
                null,
                null,
                true,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                ja4,
                "tcp",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// A handshake that was completed, with what the server chose.
    public static Ssl agreed(String version, String cipher) {
        return made(version, cipher, true, null, null);
    }

    /// A handshake that was not completed, in which there were heartbeats.
    public static Ssl withHeartbeats(String history, @Nullable Long surplus) {
        return made("TLSv12", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384", false, history, surplus);
    }

    private static Ssl made(
            String version,
            String cipher,
            boolean established,
            @Nullable String history,
            @Nullable Long surplus) {
        return new Ssl(
                MadeConn.START,
                MadeConn.START,
                "CTLS",
                new Endpoints(MadeConn.addr("10.0.0.5"), 40_000, MadeConn.addr("203.0.113.7"), 443),
                version,
                cipher,
                null,
                "www.example.com",
                false,
                null,
                null,
                established,
                history,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                "tcp",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                surplus);
    }
}
