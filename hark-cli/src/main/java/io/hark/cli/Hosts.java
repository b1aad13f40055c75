package io.hark.cli;

import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import io.hark.sensor.HostName;
import org.jspecify.annotations.Nullable;

/// Hosts as a person reads them: the address, and its name beside it.
final class Hosts {

    private Hosts() {}

    /// The name to show beside an address, with a word where only the host itself says so.
    static @Nullable String label(@Nullable HostName name) {
        return name == null
                ? null
                : name.source().equals("certificate")
                        ? name.text() + " by its certificate"
                        : name.text();
    }

    /// `203.0.113.7 (c2.test)`.
    static String shown(Addr host, @Nullable String name) {
        return name == null || name.equals(host.toString())
                ? host.toString()
                : host + " (" + name + ")";
    }

    /// `10.0.0.5 → 203.0.113.7:80 (c2.test)`.
    static String shown(Endpoints id, @Nullable String name) {
        String resp = id.resp_h().toString();
        String called = (id.resp_h().isV4() ? resp : "[" + resp + "]") + ":" + id.resp_p();
        return id.orig_h()
                + " → "
                + called
                + (name == null || name.equals(resp) ? "" : " (" + name + ")");
    }
}
