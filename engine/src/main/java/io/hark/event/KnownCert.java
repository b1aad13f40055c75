package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A certificate that a host of the local networks shows at a port; said once a day.
@Named(value = "known_certs", about = "a certificate that a local host shows at a port")
public record KnownCert(
        @About(value = "time of the handshake", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("the host") Addr host,
        @About("its port") int port_num,
        @About("subject of the certificate") @Nullable String subject,
        @About("issuer of the certificate") @Nullable String issuer_subject,
        @About("serial number of the certificate, upper-case hex") @Nullable String serial,
        @About(value = "SHA-1 of the certificate", log = false) @Nullable String sha1)
        implements Repeated {

    private record Shown(Addr host, int port, @Nullable String sha1) {}

    @Override
    public Object sameness() {
        return new Shown(host, port_num, sha1);
    }
}
