package io.hark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/// A sensor tells of a finding while it listens. Needs root; `./check real` runs it.
@Tag("real")
class NotifyRealTest {

    @TempDir private Path temp = Path.of("");

    @Test
    void who_touches_a_decoy_is_told_of_while_the_sensor_listens() throws Exception {
        Path told = temp.resolve("told");
        Path declared =
                Files.writeString(
                        temp.resolve("engagement.yaml"),
                        "decoys: [{name: old share, addresses: " + Zones.OFFICE + "}]");
        Path config =
                Files.writeString(
                        temp.resolve("hark.yaml"),
                        """
                        notify:
                          spool: spool
                          targets:
                            - {name: log, kind: command, severity: low, command: [tee, -a, %s]}
                        """
                                .formatted(told));
        try (Zones net = Zones.make("socat");
                LiveSensor sensor =
                        new LiveSensor(
                                temp,
                                net.router,
                                "rbait",
                                "--engagement",
                                declared.toString(),
                                "--config",
                                config.toString())) {
            net.talk(Zones.BAIT, Zones.OFFICE, 1);
            LiveSensor.awaitText(sensor.process, told, "tripwires");
            String line = Files.readAllLines(told).getFirst();
            assertThat(JsonMapper.builder().build().readTree(line).at("/finding/orig_h").asString())
                    .isEqualTo(Zones.BAIT);
            sensor.stop();
            assertThat(Files.readString(sensor.err)).contains("log was told of 1 findings");
        }
    }
}
