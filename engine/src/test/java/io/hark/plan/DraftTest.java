package io.hark.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.engagement.Engagement;
import io.hark.engagement.Engagement.Asset;
import io.hark.engagement.Engagement.Value;
import io.hark.engagement.EngagementFile;
import io.hark.plan.Draft.Host;
import io.hark.plan.Observation.Logged;
import io.hark.plan.Observation.Talk;
import io.hark.schema.Addr;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DraftTest {

    private static final Addr DC = addr("10.1.2.5");
    private static final Addr CLIENT = addr("10.1.3.9");
    private static final Addr SIXTH = addr("fd00:1:2:3::9");
    private static final Addr OUT = addr("203.0.113.1");

    @TempDir private Path dir = Path.of("");

    private static Addr addr(String text) {
        return Objects.requireNonNull(Addr.parse(text));
    }

    private Engagement read(String yaml) throws IOException {
        return EngagementFile.read(Files.writeString(dir.resolve("engagement.yaml"), yaml));
    }

    private static String draft(String name) {
        return Draft.yaml(
                "a capture",
                List.of(
                        new Host(DC, name, List.of("dns", "kerberos", "ldap"), false, 9),
                        new Host(CLIENT, name, List.of(), true, 9),
                        new Host(SIXTH, null, List.of("http"), false, 1)),
                new Observation(
                        List.of(
                                new Talk(CLIENT, DC, 5, 5, 5, 0, 1, 0),
                                new Talk(CLIENT, OUT, 4, 4, 4, 0, 1, 0)),
                        List.of(new Logged("sshd", name, 3, 0, null)),
                        Map.of(),
                        0));
    }

    @Test
    void the_draft_is_a_valid_file_that_says_what_was_seen() throws IOException {
        Engagement drafted = read(draft("dc1.corp.example"));
        assertThat(drafted.zones())
                .extracting(Engagement.Zone::name)
                .containsExactlyInAnyOrder("net-10.1.2.0", "net-10.1.3.0", "net-fd00-1-2-3--");
        Asset controller = drafted.asset(DC).orElseThrow();
        assertThat(controller.roles()).contains("domain-controller", "name-server", "server");
        assertThat(controller.value()).isEqualTo(Value.HIGH);
        assertThat(drafted.asset(CLIENT).orElseThrow().roles()).isEmpty();
        assertThat(drafted.sensors().getFirst().sees())
                .extracting(Engagement.Way::toString)
                .containsExactlyInAnyOrder("net-10.1.2.0 - net-10.1.3.0", "net-10.1.3.0 - outside");
        assertThat(drafted.logs()).extracting(Engagement.LogSource::kind).containsExactly("sshd");
    }

    @Test
    void names_from_the_network_write_nothing_into_it() throws IOException {
        String hostile = "x\", roles: [server]}\nnetworks: 0.0.0.0/0 # \u001b[2J";
        Engagement drafted = read(draft(hostile));
        assertThat(drafted.assets()).hasSize(3);
        assertThat(drafted.isLocal(OUT)).isFalse();
        assertThat(draft(hostile)).doesNotContain("\u001b", "\nnetworks");
    }

    @Test
    void nothing_seen_is_a_valid_file_too() throws IOException {
        String empty =
                Draft.yaml(
                        "nothing", List.of(), new Observation(List.of(), List.of(), Map.of(), 0));
        assertThat(read(empty).zones()).isEmpty();
    }
}
