package io.hark.detect.dga;

import static org.assertj.core.api.Assertions.assertThat;

import io.hark.detect.MadeDns;
import io.hark.detect.Trial;
import io.hark.event.Event;
import io.hark.event.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MadeUpNamesTest {

    private static final int A = 1;
    private static final int NXDOMAIN = 3;

    @Test
    void random_names_that_do_not_exist_are_found() {
        Random random = new Random(11);
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            StringBuilder name = new StringBuilder();
            for (int j = 0; j < 14; j++) {
                name.append((char) ('a' + random.nextInt(26)));
            }
            events.add(MadeDns.query(i, name + ".com", A, NXDOMAIN, null));
        }
        Finding found = Trial.one(new MadeUpNames(), events);
        assertThat(found.techniques()).startsWith("T1568.002");
        assertThat(Trial.number(found, "names")).isEqualTo(60);
    }

    @Test
    void mistyped_names_and_a_search_list_are_none() {
        List<Event> events = new ArrayList<>();
        for (String name :
                List.of(
                        "gogle.com",
                        "exmaple.org",
                        "wikipdeia.org",
                        "newspapper.com",
                        "weathre.com")) {
            for (int i = 0; i < 20; i++) {
                events.add(MadeDns.query(i, name, A, NXDOMAIN, null));
                events.add(MadeDns.query(i, "xkcdqwrt" + i + ".corp.example", A, NXDOMAIN, null));
            }
        }
        assertThat(Trial.all(new MadeUpNames(), events)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"wikipedia", "stackoverflow", "strengths", "google", "office365"})
    void words_can_be_pronounced(String word) {
        assertThat(MadeUpNames.isUnpronounceable(word)).isEqualTo(word.equals("strengths"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"xkqzwvtr", "a1b2c3d4", "qwrtplkjh"})
    void noise_cannot(String word) {
        assertThat(MadeUpNames.isUnpronounceable(word)).isTrue();
    }
}
