package io.hark.sensor;

import io.hark.event.Event;
import io.hark.lines.LogInput;
import io.hark.lines.LogTally;
import io.hark.lines.TextEvents;
import io.hark.lines.TextInput;
import io.hark.wire.Input;
import io.hark.wire.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Reads the text inputs of a run into its case behind the captures, as one timeline: of all inputs
/// the one whose next event is the earliest goes first, so that what one log tells of a connection
/// stands beside what another does. A log that is not in order itself is as late as its latest line
/// so far; detectors wait for that long ([KeyedRunner.Limits#LOGS]).
///
/// Where there are several, each is looked into once for its first time and opened again when that
/// has come: a folder of a month of logs does not have them all open.
///
/// *Thread*: one owner.
final class Texts {

    private static final int TELL_EVERY = 1 << 13; // events between two words of progress
    private static final long NANOS_PER_MILLI = 1_000_000L;

    private final List<Inputs.Text> inputs;
    private final Options options;
    private final Case dir;
    private @Nullable TextInput reader; // none before the first text: it knows all parsers
    private final Carriers carriers = new Carriers();
    private final List<Source.Part> parts = new ArrayList<>();
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;
    private long events;

    Texts(List<Inputs.Text> inputs, Options options, Case dir) {
        this.inputs = inputs;
        this.options = options;
        this.dir = dir;
    }

    /// What opens text inputs of any form.
    static TextInput reader(Options options, LogTally tally) {
        return new TextInput(LogInput.parsers(), Wanted.everyKind(), options.logZones(), tally);
    }

    private TextInput reader() {
        TextInput made = reader;
        if (made == null) {
            made = reader(options, dir.logs());
            reader = made;
        }
        return made;
    }

    /// Reads all of them.
    ///
    /// @param progress is told now and then how far the reading is
    void read(Consumer<Analysis.Progress> progress) throws IOException {
        if (inputs.isEmpty()) {
            return;
        }
        dir.beginTexts();
        PriorityQueue<Member> queue = new PriorityQueue<>(Member.ORDER);
        for (int i = 0; i < inputs.size(); i++) {
            Member member = new Member(inputs.get(i), i);
            if (inputs.size() > 1) {
                member.look();
            }
            queue.add(member);
        }
        for (Member member = queue.poll(); member != null; member = queue.poll()) {
            Member next = queue.peek();
            while (member.isMore() && (next == null || Member.ORDER.compare(member, next) <= 0)) {
                take(member.take(), member, progress);
            }
            if (member.isMore()) {
                queue.add(member);
            } else {
                parts.add(member.close());
            }
        }
    }

    private void take(Event event, Member from, Consumer<Analysis.Progress> progress) {
        first = Math.min(first, event.ts());
        last = Math.max(last, event.ts());
        if (++events % TELL_EVERY == 0) {
            progress.accept(from.progress());
        }
        if (options.wanted().is(event.getClass())) {
            dir.retold(carriers.told(event));
        }
    }

    /// One input on the timeline.
    private final class Member {
        static final Comparator<Member> ORDER =
                Comparator.comparingLong((Member member) -> member.time)
                        .thenComparingInt(member -> member.number);

        private final Inputs.Text text;
        private final int number;
        private long time = Long.MIN_VALUE; // the latest so far, that of the next event included
        private @Nullable Input input;
        private @Nullable TextEvents opened;
        private @Nullable Event ahead;

        Member(Inputs.Text text, int number) {
            this.text = text;
            this.number = number;
        }

        /// Learns the time of its first event, and closes it again.
        void look() throws IOException {
            try (Input looked = text.open()) {
                Event event = reader(options, new LogTally()).open(looked, latest()).next();
                time = event == null ? Long.MIN_VALUE : event.seen();
            }
        }

        boolean isMore() throws IOException {
            if (opened == null) {
                input = text.open();
                opened = reader().open(input, latest());
                advance(opened);
            }
            return ahead != null;
        }

        private void advance(TextEvents from) {
            ahead = from.next();
            time = ahead == null ? time : Math.max(time, ahead.seen());
        }

        Event take() {
            Event event = ahead;
            if (event == null || opened == null) {
                throw new IllegalStateException("nothing is left of " + text.path());
            }
            advance(opened);
            return event;
        }

        Analysis.Progress progress() {
            return input == null
                    ? new Analysis.Progress(0, -1, 0)
                    : new Analysis.Progress(input.position(), input.size(), 0);
        }

        Source.Part close() throws IOException {
            if (input == null || opened == null) {
                throw new IllegalStateException(text.path() + " was not read");
            }
            input.close();
            return opened.part();
        }

        /// When the file was last written to; of what is no file, now.
        private long latest() throws IOException {
            long millis =
                    Files.isRegularFile(text.path())
                            ? Files.getLastModifiedTime(text.path()).toMillis()
                            : System.currentTimeMillis();
            return millis * NANOS_PER_MILLI;
        }
    }

    /// How each ended.
    List<Source.Part> parts() {
        return parts;
    }

    /// Whether there was no line.
    boolean isEmpty() {
        return last == Long.MIN_VALUE;
    }

    /// The earliest time of a line, or [Long#MAX_VALUE].
    long firstNanos() {
        return first;
    }

    /// The latest time of a line, or [Long#MIN_VALUE].
    long lastNanos() {
        return last;
    }

    /// How many lines parsers failed on: a bug each.
    long failures() {
        return reader == null ? 0 : reader.failures();
    }
}
