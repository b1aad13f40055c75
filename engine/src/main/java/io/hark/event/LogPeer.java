package io.hark.event;

import io.hark.schema.About;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import io.hark.schema.Unit;
import org.jspecify.annotations.Nullable;

/// One end of what a line tells of, as far as the line names it.
public record LogPeer(
        @About("its address") @Nullable Addr ip,
        @About("its port") @Nullable Integer port,
        @About("its name") @Nullable String domain,
        @About(value = "its hardware address", unit = Unit.MAC) @Nullable Long mac,
        @About(value = "bytes it sent", unit = Unit.BYTES) @Nullable Long bytes,
        @About(value = "packets it sent", unit = Unit.PACKETS) @Nullable Long packets,
        @About(value = "its address behind translation", name = "nat.ip") @Nullable Addr nat_ip,
        @About(value = "its port behind translation", name = "nat.port") @Nullable Integer nat_port,
        @About(value = "who is there", name = "user.name") @Nullable String user)
        implements Stored {}
