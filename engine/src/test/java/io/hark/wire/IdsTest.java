package io.hark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.event.Endpoints;
import io.hark.schema.Addr;
import java.util.Objects;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Community IDs against the vectors that the specification publishes.
class IdsTest {

    @ParameterizedTest
    @CsvSource({
        "128.232.110.120, 34855, 66.35.250.204, 80, 6, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "66.35.250.204, 80, 128.232.110.120, 34855, 6, 1:LQU9qZlK+B5F3KDmev6m5PMibrg=",
        "192.168.1.52, 54585, 8.8.8.8, 53, 17, 1:d/FP5EW3wiY1vCndhwleRRKHowQ=",
        "192.168.0.89, 8, 192.168.0.1, 0, 1, 1:X0snYXpgwiv9TZtqg64sgzUn6Dk=",
        "10.1.12.1, 0, 10.1.12.2, 0, 46, 1:KHlLkgoJW7ifUTyTSgyVfkFHzKw=",
        "2001:470:e5bf:dead:4957:2174:e82c:4887, 63943, 2607:f8b0:400c:c03::1a, 25, 6,"
                + " 1:/qFaeAR+gFe1KYjMzVDsMv+wgU4="
    })
    void a_community_id_is_the_published_one(
            String orig, int origPort, String resp, int respPort, int protocol, String expected) {
        Endpoints id =
                new Endpoints(
                        Objects.requireNonNull(Addr.parse(orig)),
                        origPort,
                        Objects.requireNonNull(Addr.parse(resp)),
                        respPort);
        assertThat(new Ids().communityId(id, protocol)).isEqualTo(expected);
    }
}
