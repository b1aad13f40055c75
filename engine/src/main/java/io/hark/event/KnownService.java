package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Named;
import io.hark.schema.Unit;
import java.util.List;

/// A protocol, told by content, that a host of the local networks serves at a port; said once a
/// day.
@Named(value = "known_services", about = "a protocol that a local host serves at a port")
public record KnownService(
        @About(value = "beginning of the connection", unit = Unit.TIME) long ts,
        @About(value = "when it was told", unit = Unit.TIME, log = false) long seen,
        @About("the host") Addr host,
        @About("its port") int port_num,
        @About("tcp, udp or sctp") String port_proto,
        @About("the protocols that one connection spoke, upper case") List<String> service)
        implements Repeated {

    private record Served(Addr host, int port, String proto, List<String> service) {}

    @Override
    public Object sameness() {
        return new Served(host, port_num, port_proto, service);
    }
}
