package io.hark.lines;

import io.hark.LineParser;
import io.hark.Parser;
import io.hark.event.LogDraft;
import io.hark.event.LogEvent;
import io.hark.format.log.LogLine;
import io.hark.format.log.Stamps;
import io.hark.format.log.SyslogHeader;
import io.hark.wire.Input;
import io.hark.wire.Source;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/// Reads text inputs line by line: every line that is not blank becomes one [LogEvent], whether
/// somebody knows its product or not.
///
/// An input is read to its end, or piece by piece as its source ([LogSource]) sends it.
///
/// A line whose envelope alone is known is of `syslog`; one of which nothing is known of `unknown`.
/// An input that has only such lines is unreadable, as any other file that is of no known format;
/// its lines are kept all the same. A line without a time has that of the line before it.
///
/// *Thread*: one owner.
public final class LogInput {

    private static final int MAX_CONTINUED = 64; // lines of one CEF record

    private static final Pattern CONTINUED = Pattern.compile("[^=]{0,1024}=|[A-Za-z-]{1,40}: ");

    private static final String SYSLOG = "syslog";
    private static final String UNKNOWN = "unknown";

    private final Parsers parsers;
    private final LogZones zones;
    private final LogTally tally;
    private final LogDraft draft = new LogDraft();
    private long unread;

    /// A reader for any number of inputs, one after the other.
    ///
    /// @param zones where clocks stand whose lines do not tell
    /// @param tally what is counted
    public LogInput(List<LineParser> parsers, LogZones zones, LogTally tally) {
        this.parsers = new Parsers(parsers);
        this.zones = zones;
        this.tally = tally;
    }

    /// All line parsers of this build, in the order of their names; no other parser is loaded.
    public static List<LineParser> parsers() {
        List<LineParser> found = new ArrayList<>();
        ServiceLoader.load(Parser.class, LogInput.class.getClassLoader()).stream()
                .filter(parser -> LineParser.class.isAssignableFrom(parser.type()))
                .forEach(parser -> found.add((LineParser) parser.get()));
        found.sort(Comparator.comparing(parser -> parser.getClass().getName()));
        return found;
    }

    /// Reads an input to its end.
    ///
    /// @param latest when the input was last written to, nanoseconds: no line is of later
    /// @param out takes each line
    /// @return how it ended; `frames` are none
    public Source.Part read(Input input, long latest, Consumer<LogEvent> out) {
        LogSource source = new LogSource(input.name(), zones).until(latest);
        LogLines all = new LogLines(this, input, new TextLines(input), source);
        all.forEach(out);
        return all.part();
    }

    /// Reads what a source's log grew by: whole lines.
    ///
    /// @param input opened by the caller, who closes it
    public void read(Input input, LogSource source, Consumer<LogEvent> out) {
        new LogLines(this, input, new TextLines(input), source).forEach(out);
    }

    /// Reads one message of a source: a line, whatever ends of lines are in it.
    public void read(
            byte[] octets, int from, int length, LogSource source, Consumer<LogEvent> out) {
        tally.count("log_lines", 1);
        String text = TextLines.text(octets, from, length).strip();
        if (!text.isEmpty()) {
            source.next(1);
            out.accept(event(line(text, source), source, false));
        }
    }

    /// Makes an event of one record.
    ///
    /// @param follows whether it goes on where the record before ended
    LogEvent event(LogLine line, LogSource source, boolean follows) {
        LineParser parser = parsers.read(line, draft);
        if (parser == null) {
            boolean bare = line.isBare();
            unread += bare ? 1 : 0;
            tally.count(bare ? "log_lines_unread" : "log_lines_envelope_only", 1);
            tally.unread(bare ? line.text() : line.tagged());
            envelopeOnly(line, bare);
        }
        fill(line);
        LogEvent event = source.event(line, draft, follows);
        tally.read(event);
        tally.count("log_records", 1);
        return event;
    }

    LogLine line(String text, LogSource source) {
        LogLine line = new LogLine(text, source.stamps(), source.heading());
        ZoneId own = zones.ofHost(line.header().host());
        return own == null
                ? line
                : new LogLine(text, new Stamps(own, source.stamps().reference()), source.heading());
    }

    /// The line; of CEF, whose values may hold line ends that a sender did not escape (of a request
    /// with its headers, too), with those behind it that nobody reads for themselves.
    LogLine whole(String text, TextLines lines, LogSource source) {
        LogLine line = line(text, source);
        for (int i = 0; i < MAX_CONTINUED && line.cef() != null; i++) {
            String next = lines.peek();
            boolean isMore =
                    next != null
                            && CONTINUED.matcher(next).lookingAt()
                            && text.length() + next.length() < TextLines.MAX_LINE
                            && isNobodys(new LogLine(next, source.stamps()));
            if (!isMore) {
                break;
            }
            line = new LogLine(lines.join(line.text()), line.stamps(), source.heading());
        }
        return line;
    }

    /// Whether nobody knows the line but by a form that a part of another one may have, too.
    private boolean isNobodys(LogLine line) {
        if (!line.isBare() || line.cef() != null || line.leef() != null) {
            return false;
        }
        LineParser reader = parsers.read(line, draft);
        return reader == null || reader.isGeneral() && line.json() == null;
    }

    private void envelopeOnly(LogLine line, boolean bare) {
        draft.of(bare ? UNKNOWN : SYSLOG, bare ? "" : line.app().toLowerCase(Locale.ROOT));
        draft.is(bare ? "" : "host", "info");
        draft.put("message", line.body());
    }

    /// What the envelope tells and the parser did not.
    private void fill(LogLine line) {
        SyslogHeader header = line.header();
        draft.orElse("host.name", header.host());
        draft.orElse("process.name", header.app());
        draft.orElse("process.pid", header.pid());
        draft.orElse("log.level", header.severity());
        draft.complete();
    }

    /// How many lines parsers failed on: a bug each.
    public long failures() {
        return parsers.failures();
    }

    /// How many records nobody read so far.
    long unread() {
        return unread;
    }

    /// What is counted.
    LogTally tally() {
        return tally;
    }

    /// Where clocks stand.
    LogZones zones() {
        return zones;
    }
}
