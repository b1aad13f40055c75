package io.hark.engagement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.Secret;
import io.hark.UserError;
import io.hark.engagement.Engagement.Purpose;
import io.hark.engagement.Engagement.Value;
import io.hark.engagement.Engagement.Way;
import io.hark.schema.Addr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngagementFileTest {

    private static final String WHOLE =
            """
            name: lab
            zones:
              - {name: bait, purpose: engagement, networks: 10.9.0.0/16}
              - {name: office, networks: [10.1.0.0/16, "2001:db8::/32"]}
            assets:
              - {name: dc, addresses: 10.1.0.5, roles: [server, domain-controller], value: high}
            decoys:
              - {name: share, addresses: 10.9.0.77, ports: [445], except: 10.1.0.2}
            canaries:
              - {name: account, text: svc-backup-old}
            allowed:
              - {from: bait, to: office, ports: 53, because: names}
              - {from: 10.1.0.9, services: ssl, because: the backup}
            sensors:
              - {name: tap1, zones: [bait, office], keys: [tls-key-log]}
              - {name: mirror, sees: [bait - bait, office > outside]}
            logs:
              - {name: proxy, kind: zeek, covers: [office, dc]}
            goals: [see what they want]
            """;

    @TempDir private Path dir = Path.of("");

    private Engagement read(String text) throws IOException {
        return EngagementFile.read(Files.writeString(dir.resolve("engagement.yaml"), text));
    }

    private static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    @Test
    void everything_that_may_stand_in_it_is_read() throws IOException {
        Engagement lab = read(WHOLE);
        assertThat(lab.name()).isEqualTo("lab");
        assertThat(lab.isLocal(addr("10.9.3.4"))).isTrue();
        assertThat(lab.isLocal(addr("192.168.1.1"))).isFalse();
        assertThat(lab.zone(addr("10.9.3.4")).orElseThrow().purpose())
                .isEqualTo(Purpose.ENGAGEMENT);
        assertThat(lab.asset(addr("10.1.0.5")).orElseThrow().value()).isEqualTo(Value.HIGH);
        assertThat(lab.decoy(addr("10.1.0.3"), addr("10.9.0.77"), 445)).isPresent();
        assertThat(lab.decoy(addr("10.1.0.3"), addr("10.9.0.77"), 80)).isEmpty();
        assertThat(lab.decoy(addr("10.1.0.2"), addr("10.9.0.77"), 445)).isEmpty();
        assertThat(lab.isAllowed(addr("10.9.3.4"), addr("10.1.0.5"), 53, "dns")).isTrue();
        assertThat(lab.isAllowed(addr("10.9.3.4"), addr("10.1.0.5"), 445, "smb")).isFalse();
        assertThat(lab.isAllowed(addr("10.1.0.9"), addr("203.0.113.7"), 443, "http,ssl")).isTrue();
        assertThat(lab.isAllowed(addr("10.1.0.9"), addr("203.0.113.7"), 443, null)).isFalse();
        assertThat(lab.sensors().getFirst().keys()).containsExactly(Secret.Kind.TLS_KEY_LOG);
        assertThat(lab.sensors().getLast().sees())
                .containsExactly(
                        new Way("bait", "bait", true), new Way("office", "outside", false));
        assertThat(lab.logs().getFirst().covers()).containsExactly("office", "dc");
        assertThat(lab.goals()).containsExactly("see what they want");
    }

    @Test
    void without_networks_the_private_ranges_are_ours() throws IOException {
        assertThat(read("name: x").isLocal(addr("192.168.1.1"))).isTrue();
        assertThat(Engagement.NONE.isAllowed(addr("10.0.0.1"), addr("10.0.0.2"), 1, null))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    'nam: x'                                          | line 1: 'nam' is no key here; the nearest is 'name'
                    'name: x\nzones:\n  - {nmae: a}'                   | line 3: 'nmae' is no key here; the nearest is 'name'
                    'zones:\n  - {name: a, networks: 10.0.0.0/99}'     | line 2: '10.0.0.0/99' is no network
                    'zones:\n  - {name: a}'                            | line 2: 'networks' needs at least one
                    'assets:\n  - {addresses: 10.0.0.1}'               | line 2: 'name' is missing
                    'assets:\n  - {name: a, addresses: 10.0.0.1, value: big}' | line 2: 'value' is one of low, medium, high
                    'allowed:\n  - {from: nowhere, because: x}'        | line 2: there is no zone 'nowhere'
                    'allowed:\n  - {because: x}'                       | line 2: this allows everything
                    'decoys:\n  - {name: a, addresses: 10.0.0.1, ports: 70000}' | line 2: '70000' is no port
                    'canaries:\n  - {name: a, text: abc}'              | line 2: a canary of less than 6
                    'sensors:\n  - {name: a, zones: [b]}'              | line 2: there is no zone 'b'
                    'zones:\n  - {name: outside, networks: 10.0.0.0/8}' | line 2: 'outside' has a meaning of its own
                    'zones:\n  - {name: a, networks: 10.0.0.0/8}\nsensors:\n  - {name: s, sees: [a - b]}' | line 4: there is no zone 'b'
                    'zones:\n  - {name: a, networks: 10.0.0.0/8}\nsensors:\n  - {name: s, sees: [a]}' | line 4: 'a' is no traffic
                    'sensors:\n  - {name: s, sees: [outside - outside]}' | line 2: 'outside - outside' is nobody's traffic
                    'sensors:\n  - {name: s, keys: [tls]}'              | line 2: 'tls' is no kind of secret
                    'logs:\n  - {name: l, kind: sshd, covers: [x]}'     | line 2: there is no zone and no asset 'x'
                    'name: x\nname: y'                                | line 2: 'name' stands there twice
                    '- a'                                             | line 1: here stand keys and values
                    'name: [x'                                        | no YAML
                    """)
    void what_is_wrong_is_said_with_its_line(String text, String said) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining(said);
    }

    @Test
    void a_file_that_is_not_there_is_said() {
        assertThatThrownBy(() -> EngagementFile.read(dir.resolve("none.yaml")))
                .isInstanceOf(UserError.class)
                .hasMessageContaining("none.yaml: there is no such file");
    }
}
