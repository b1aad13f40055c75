package io.hark.detect;

import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Allowed;
import io.hark.engagement.Engagement.Asset;
import io.hark.engagement.Engagement.Canary;
import io.hark.engagement.Engagement.Decoy;
import io.hark.engagement.Engagement.Purpose;
import io.hark.engagement.Engagement.Value;
import io.hark.engagement.Engagement.Zone;
import io.hark.engagement.Networks;
import java.util.List;

/// A declared environment, for tests of detectors that judge by it.
public final class Sites {

    private Sites() {}

    /// A zone of bait in 10.9.0.0/16 and production in 10.1.0.0/16, with a server, a decoy, a
    /// canary, and names allowed everywhere.
    public static Engagement lab() {
        return new Engagement(
                "lab",
                networks("10.0.0.0/8"),
                List.of(
                        new Zone("bait", Purpose.ENGAGEMENT, networks("10.9.0.0/16")),
                        new Zone("office", Purpose.PRODUCTION, networks("10.1.0.0/16"))),
                List.of(new Asset("db", networks("10.1.0.5"), List.of("server"), Value.HIGH)),
                List.of(new Decoy("share", networks("10.1.0.77"), List.of(), Networks.PRIVATE)),
                List.of(new Canary("account", "svc-backup-old")),
                List.of(new Allowed(null, null, List.of(53), List.of(), "names")),
                List.of(),
                List.of(),
                List.of());
    }

    private static Networks networks(String cidr) {
        return Networks.of(List.of(cidr));
    }
}
