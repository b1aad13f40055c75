package io.hark.format.tls;

import io.hark.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/// The certificates of a certificate message, first the end's own.
///
/// *Source*: RFC 5246 §7.4.2, RFC 8446 §4.4.2.
public final class CertificateList {

    /// Certificates of one message that are read: real chains have two to four, servers set up by
    /// mistake some twenty.
    public static final int MAX_CERTIFICATES = 64;

    private CertificateList() {}

    /// Reads the body of a certificate message; a fault sticks to `body`, and what was read before
    /// it is answered.
    ///
    /// @param is13 whether it has the form of TLS 1.3: a context first, extensions behind each
    ///   certificate
    public static List<byte[]> read(Bytes body, boolean is13) {
        if (is13) {
            body.skip(body.u8());
        }
        List<byte[]> certificates = new ArrayList<>();
        int outer = body.limit(body.u24());
        while (body.ok() && body.remaining() > 0 && certificates.size() < MAX_CERTIFICATES) {
            byte[] certificate = body.take(body.u24());
            if (is13) {
                body.skip(body.u16());
            }
            if (certificate.length > 0) {
                certificates.add(certificate);
            }
        }
        body.unlimit(outer);
        return certificates;
    }
}
