package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// A program that a host of the local networks says it runs; said once a day.
@Named(value = "software", about = "a program that a local host says it runs")
public record Software(
        @About(value = "when it said so", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("the host") Addr host,
        @About("the port of a server") @Nullable Integer host_p,
        @About("where it was said: HTTP::BROWSER, SSH::SERVER …") String software_type,
        @About("name of the program") @Nullable String name,
        @About(value = "first number of its version", name = "version.major")
                @Nullable Integer major,
        @About(value = "second number", name = "version.minor") @Nullable Integer minor,
        @About(value = "third number", name = "version.minor2") @Nullable Integer minor2,
        @About(value = "fourth number", name = "version.minor3") @Nullable Integer minor3,
        @About(value = "what stands behind the numbers", name = "version.addl")
                @Nullable String addl,
        @About("how the host said it") String unparsed_version)
        implements Repeated {

    /// What is equal for two events that say the same.
    public record Claim(Addr host, String software_type, String unparsed_version) {}

    @Override
    public Claim sameness() {
        return new Claim(host, software_type, unparsed_version);
    }
}
