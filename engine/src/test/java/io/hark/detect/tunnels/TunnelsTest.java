package io.hark.detect.tunnels;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeConn;
import io.hark.detect.Trial;
import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Allowed;
import io.hark.engagement.Networks;
import io.hark.event.Endpoints;
import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.TunnelState;
import java.util.List;
import org.junit.jupiter.api.Test;

class TunnelsTest {

    private static TunnelState found(String type, String from, String to) {
        long ts = MadeConn.START;
        var ends = new Endpoints(MadeConn.addr(from), 0, MadeConn.addr(to), 0);
        return new TunnelState(ts, ts, null, ends, "Tunnel::" + type, TunnelState.DISCOVER);
    }

    @Test
    void a_tunnel_from_inside_to_outside_is_medium() {
        Finding finding =
                Trial.one(new Tunnels(), List.of(found("GRE", "10.0.0.5", "203.0.113.7")));
        assertThat(finding.severity()).isEqualTo(Severity.MEDIUM);
        assertThat(finding.techniques()).startsWith("T1572");
    }

    @Test
    void a_proxy_of_the_site_is_low_and_socks_is_not() {
        assertThat(Trial.one(new Tunnels(), List.of(found("HTTP", "10.0.0.5", "10.0.0.2"))))
                .extracting(Finding::severity)
                .isEqualTo(Severity.LOW);
        assertThat(Trial.one(new Tunnels(), List.of(found("SOCKS", "10.0.0.5", "10.0.0.2"))))
                .extracting(Finding::severity)
                .isEqualTo(Severity.MEDIUM);
    }

    @Test
    void what_the_engagement_allows_is_none() {
        Engagement with =
                new Engagement(
                        "",
                        Networks.PRIVATE,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(
                                new Allowed(
                                        Networks.of(List.of("10.0.0.5")),
                                        null,
                                        List.of(),
                                        List.of("tunnel"),
                                        "branch office")),
                        List.of(),
                        List.of(),
                        List.of());
        assertThat(
                        Trial.all(
                                (Tunnels) new Tunnels().within(with),
                                List.of(found("GRE", "10.0.0.5", "203.0.113.7"))))
                .isEmpty();
    }
}
