package io.hark.sensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hark.Key;
import io.hark.Keyed;
import io.hark.schema.Addr;
import io.hark.schema.Stored;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KeyedRunnerTest {

    /// A word said at a time; of several keys if it has a `+`.
    public record Word(long at, String key, String text) implements Stored {}

    /// What was said under a key.
    public record Heard(List<String> words) implements Stored {}

    /// Joins the words of each key; `wake N` asks to be woken at N, `forget` forgets, `fail`
    /// throws.
    private static class Joiner implements Keyed<Word, Heard, String> {
        @Override
        public String name() {
            return "joiner";
        }

        @Override
        public String about() {
            return "joins words";
        }

        @Override
        public Class<Heard> stateType() {
            return Heard.class;
        }

        @Override
        public void keys(Word input, Keys sink) {
            for (String key : input.key.split("\\+")) {
                if (!key.isEmpty()) {
                    sink.add(key);
                }
            }
        }

        @Override
        public @Nullable Heard on(Word input, @Nullable Heard state, Turn<String> turn) {
            if (input.text.startsWith("wake ")) {
                turn.wakeAt(Long.parseLong(input.text.substring(5)));
            } else if (input.text.equals("forget")) {
                return null;
            } else if (input.text.equals("fail")) {
                throw new IllegalStateException("asked for");
            }
            List<String> words = new ArrayList<>(state == null ? List.of() : state.words);
            words.add(input.text + "@" + turn.now());
            return new Heard(List.copyOf(words));
        }

        @Override
        public Heard wake(Heard state, Turn<String> turn) {
            turn.emit(turn.now() + ": " + turn.key().name() + " wakes");
            return state;
        }

        @Override
        public void end(Heard state, Turn<String> turn) {
            turn.emit(turn.key().name() + " at " + turn.now() + " " + state.words);
        }
    }

    private final List<String> out = new ArrayList<>();

    private KeyedRunner<Word, Heard, String> runner(long lateness, int maxWaiting, int maxKeys) {
        return new KeyedRunner<>(
                new Joiner(),
                List.of(Word.class),
                Word::at,
                UnaryOperator.identity(),
                new KeyedRunner.Limits(Duration.ofNanos(lateness), maxWaiting, maxKeys),
                out::add);
    }

    @Test
    void inputs_within_the_lateness_come_in_order_of_time() {
        var runner = runner(10, 100, 100);
        for (long at : new long[] {5, 12, 7, 3, 15, 14}) {
            runner.add(new Word(at, "k", "w"));
        }
        runner.end();
        assertThat(out).containsExactly("k at 15 [w@3, w@5, w@7, w@12, w@14, w@15]");
    }

    @Test
    void what_comes_behind_the_watermark_is_counted_and_dropped() {
        var runner = runner(10, 100, 100);
        runner.add(new Word(100, "k", "a"));
        runner.add(new Word(90, "k", "in time"));
        runner.add(new Word(89, "k", "late"));
        assertThat(runner.counters().late()).isEqualTo(1);
        runner.end();
        assertThat(out).containsExactly("k at 100 [in time@90, a@100]");
    }

    @Test
    void wake_ups_come_in_order_of_time_and_key_behind_the_inputs_of_their_moment() {
        var runner = runner(0, 100, 100);
        runner.add(new Word(1, "b", "wake 20"));
        runner.add(new Word(2, "a", "wake 20"));
        runner.add(new Word(3, "a", "wake 20"));
        runner.add(new Word(4, "c", "wake 10"));
        runner.add(new Word(20, "a", "same moment"));
        runner.add(new Word(21, "z", "x"));
        assertThat(out).containsExactly("10: c wakes", "20: a wakes", "20: b wakes");
    }

    @Test
    void a_wake_up_in_the_past_comes_a_nanosecond_later() {
        var runner = runner(0, 100, 100);
        runner.add(new Word(50, "a", "wake 7"));
        runner.add(new Word(60, "a", "x"));
        assertThat(out).containsExactly("51: a wakes");
    }

    @Test
    void the_last_words_come_in_the_order_of_keys() {
        var runner = runner(0, 100, 100);
        runner.add(new Word(1, "c", "x"));
        runner.add(new Word(2, "a+b", "y"));
        runner.end();
        assertThat(out).containsExactly("a at 2 [y@2]", "b at 2 [y@2]", "c at 1 [x@1]");
    }

    @Test
    void a_forgotten_key_begins_anew() {
        var runner = runner(0, 100, 100);
        runner.add(new Word(1, "a", "x"));
        runner.add(new Word(2, "a", "forget"));
        runner.add(new Word(3, "a", "y"));
        runner.end();
        assertThat(out).containsExactly("a at 3 [y@3]");
    }

    @Test
    void a_fault_forgets_its_key_and_is_counted() {
        System.Logger.Level quiet = System.Logger.Level.OFF;
        assertThat(quiet).isNotNull();
        var logger = java.util.logging.Logger.getLogger(KeyedRunner.class.getName());
        logger.setLevel(java.util.logging.Level.OFF);
        var runner = runner(0, 100, 100);
        runner.add(new Word(1, "a", "x"));
        runner.add(new Word(1, "b", "x"));
        runner.add(new Word(2, "a", "fail"));
        runner.end();
        assertThat(out).containsExactly("b at 1 [x@1]");
        assertThat(runner.counters().failed()).isEqualTo(1);
    }

    @Test
    void when_too_many_wait_the_first_is_released_early() {
        var runner = runner(1000, 3, 100);
        for (long at = 1; at <= 10; at++) {
            runner.add(new Word(at, "k", "w"));
        }
        assertThat(runner.counters().waiting()).isEqualTo(3);
        assertThat(runner.counters().early()).isEqualTo(7);
        runner.add(new Word(7, "k", "same moment as the last released"));
        runner.add(new Word(6, "k", "late"));
        assertThat(runner.counters().late()).isEqualTo(1);
    }

    @Test
    void with_too_many_keys_those_called_once_and_long_ago_go_first() {
        var runner = runner(0, 100, 8);
        runner.add(new Word(1, "twice", "x"));
        runner.add(new Word(2, "twice", "y"));
        for (int i = 0; i < 7; i++) {
            runner.add(new Word(10 + i, "once" + i, "x"));
        }
        runner.add(new Word(20, "new", "x"));
        runner.add(new Word(21, "tick", "x"));
        assertThat(out).containsExactly("once0 at 10 [x@10]", "once1 at 11 [x@11]");
        assertThat(runner.counters().shed()).isEqualTo(2);
        out.clear();
        runner.end();
        assertThat(out).hasSize(8).contains("twice at 2 [x@1, y@2]", "new at 20 [x@20]");
    }

    @Test
    void disorder_within_the_lateness_changes_nothing() {
        List<String> ordered = null;
        for (long seed = 0; seed < 20; seed++) {
            out.clear();
            var runner = runner(50, 1000, 1000);
            for (Word word : disordered(words(), seed, 49)) {
                runner.add(word);
            }
            runner.end();
            assertThat(runner.counters().late()).isZero();
            ordered = ordered == null ? List.copyOf(out) : ordered;
            assertThat(out).as("seed %d", seed).isEqualTo(ordered);
        }
    }

    @Test
    void saving_and_restoring_at_every_input_changes_nothing() {
        List<Word> words = disordered(words(), 7, 49);
        var whole = runner(50, 1000, 1000);
        words.forEach(whole::add);
        whole.end();
        List<String> expected = List.copyOf(out);
        out.clear();
        var runner = runner(50, 1000, 1000);
        for (Word word : words) {
            byte[] saved = runner.save();
            runner = runner(50, 1000, 1000);
            runner.restore(saved);
            assertThat(runner.save()).isEqualTo(saved);
            runner.add(word);
        }
        runner.end();
        assertThat(out).isEqualTo(expected);
        assertThat(runner.counters()).isEqualTo(whole.counters());
    }

    @Test
    void the_state_of_something_else_is_refused() {
        byte[] saved = runner(0, 10, 10).save();
        var other =
                new KeyedRunner<>(
                        new Joiner() {
                            @Override
                            public String name() {
                                return "other";
                            }
                        },
                        List.<Class<? extends Word>>of(Word.class),
                        Word::at,
                        UnaryOperator.identity(),
                        KeyedRunner.Limits.OFFLINE,
                        out::add);
        assertThatThrownBy(() -> other.restore(saved))
                .hasMessageContaining("joiner")
                .hasMessageContaining("other");
    }

    @Test
    void the_table_of_keys_is_a_map() {
        Random random = new Random(11);
        KeyTable<String> table = new KeyTable<>(5);
        Map<Key, String> model = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            Key key =
                    new Key(
                            Addr.v4(random.nextInt(200)),
                            Addr.v4(random.nextInt(20)),
                            random.nextInt(3),
                            random.nextBoolean() ? "tcp" : "udp");
            int entry = table.find(key.host(), key.peer(), key.port(), key.name());
            assertThat(entry == KeyTable.NONE ? null : table.state(entry))
                    .isEqualTo(model.get(key));
            if (entry == KeyTable.NONE) {
                int made = table.add(key.host(), key.peer(), key.port(), key.name(), "v" + i);
                assertThat(table.key(made)).isEqualTo(key);
                model.put(key, "v" + i);
            } else if (random.nextInt(3) > 0) {
                table.forget(entry);
                model.remove(key);
            }
            if (random.nextInt(20_000) == 0) {
                table.compact();
            }
            assertThat(table.live()).isEqualTo(model.size());
        }
        model.forEach(
                (key, value) ->
                        assertThat(
                                        table.state(
                                                table.find(
                                                        key.host(),
                                                        key.peer(),
                                                        key.port(),
                                                        key.name())))
                                .isEqualTo(value));
    }

    /// Moments are all different: inputs of one moment keep the order in which they came.
    private static List<Word> words() {
        List<Word> words = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 300; i++) {
            String key = "k" + random.nextInt(12);
            String text =
                    random.nextInt(6) == 0
                            ? "wake " + (3 * i + random.nextInt(80))
                            : random.nextInt(20) == 0 ? "forget" : "w" + i;
            words.add(new Word(3 * i, random.nextInt(4) == 0 ? key + "+other" : key, text));
        }
        return words;
    }

    private static List<Word> disordered(List<Word> words, long seed, long by) {
        Random random = new Random(seed);
        List<Word> shuffled = new ArrayList<>(words);
        Map<Word, Long> arrival = new HashMap<>();
        words.forEach(word -> arrival.put(word, word.at() + random.nextLong(by)));
        Collections.shuffle(shuffled, random);
        shuffled.sort((a, b) -> Long.compare(arrival.get(a), arrival.get(b)));
        return shuffled;
    }
}
