package io.hark.parse.http;

import io.hark.Body;
import io.hark.Connection;
import io.hark.event.Side;
import io.hark.format.x509.OcspResponse;
import org.jspecify.annotations.Nullable;

/// Answers of OCSP responders, which HTTP carries (RFC 6960 appendix A.2).
final class CertificateStatus {

    private static final String TYPE = "application/ocsp-response";

    private CertificateStatus() {}

    /// Whether a body with that Content-Type is one.
    static boolean isExpected(Side side, @Nullable String contentType) {
        return side == Side.RESPONDER
                && contentType != null
                && contentType.regionMatches(true, 0, TYPE, 0, TYPE.length());
    }

    /// Tells what a body that was kept says, if all of it is there.
    static void tell(Body body, Connection connection) {
        if (body.isWhole()) {
            OcspResponse.read(body.kept(), connection.now(), connection.uid(), body.fuid())
                    .forEach(connection::emit);
        }
    }
}
