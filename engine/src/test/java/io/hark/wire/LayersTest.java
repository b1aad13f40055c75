package io.hark.wire;

import static io.hark.wire.Capture.ETHERNET;
import static io.hark.wire.Capture.ethernet;
import static io.hark.wire.Capture.hex;
import static io.hark.wire.Capture.ip;
import static io.hark.wire.Capture.join;
import static io.hark.wire.Capture.udp;
import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Conn;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies between the link and the packet.
class LayersTest {

    private static final byte[] PACKET = ip(7, 8, 17, udp(40_000, 9, hex("616263")));
    private static final String SNAP = "aaaa03000000 0800";
    private static final String ADDRESSES = "020000000001 020000000002";

    @ParameterizedTest
    @CsvSource({
        "8100, 00fa 8926 00000033 8100 00fa 0800", // VLAN, VN-Tag, VLAN
        "88e7, 00001234 020000000001 020000000002 0800", // provider backbone
        "88a8, 0001 88e7 00001234 020000000001 020000000002 8100 0002 0800",
        "0028, aaaa03000000 0800", // IEEE 802.3
    })
    void tags_of_networks_are_looked_through(String type, String tags) {
        byte[] frame = ethernet(Integer.parseInt(type, 16), join(hex(tags), PACKET));
        assertFound(new Capture(ETHERNET).frame(0, frame).conns());
    }

    @ParameterizedTest
    @CsvSource({
        "1100 0001 0000, 0021", // PPPoE
        "1100 0001 0000, 21", // the protocol's first octet left out
        "1100 0001 0000, ff03 21",
    })
    void a_session_over_ethernet_is_looked_into(String session, String ppp) {
        byte[] frame = ethernet(0x8864, join(hex(session), hex(ppp), PACKET));
        assertFound(new Capture(ETHERNET).frame(0, frame).conns());
    }

    @ParameterizedTest
    @CsvSource({
        "0800 0000 020000000001020000000002020000000003 0000", // a data frame
        "8800 0000 020000000001020000000002020000000003 0000 0000", // with quality of service
        "8803 0000 020000000001020000000002020000000003 0000 020000000004 0000", // between stations
        "8880 0000 020000000001020000000002020000000003 0000 0000 00000000", // high throughput
    })
    void a_frame_of_a_wireless_network_is_read(String header) {
        byte[] frame = join(hex(header), hex(SNAP), PACKET);
        assertFound(new Capture(105).frame(0, frame).conns());
        byte[] noted = join(hex("0000 0c00 00000000 00000000"), frame);
        assertFound(new Capture(127).frame(0, noted).conns());
    }

    @Test
    void what_is_encrypted_on_the_air_is_not_read() {
        String header = "0840 0000 020000000001020000000002020000000003 0000";
        byte[] frame = join(hex(header), hex(SNAP), PACKET);
        assertThat(new Capture(105).frame(0, frame).conns()).isEmpty();
    }

    @Test
    void frames_in_frames_end_somewhere() {
        byte[] frame = ethernet(0x0800, PACKET);
        for (int i = 0; i < 2000; i++) {
            frame = join(hex(ADDRESSES), hex("88e7 00001234"), frame);
        }
        assertThat(new Capture(ETHERNET).frame(0, frame).conns()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 6, 8})
    void every_worker_has_its_share(int workers) {
        int[] taken = new int[workers];
        for (long pair = 0; pair < 10_000; pair++) {
            int shard = Shards.of(pair);
            assertThat(shard).isPositive();
            taken[shard % workers]++;
        }
        for (int share : taken) {
            assertThat(share).isGreaterThan(9_000 / workers);
        }
    }

    private static void assertFound(List<Conn> conns) {
        assertThat(conns).hasSize(1);
        assertThat(conns.getFirst().id().resp_p()).isEqualTo(9);
        assertThat(conns.getFirst().orig_bytes()).isEqualTo(3);
    }
}
