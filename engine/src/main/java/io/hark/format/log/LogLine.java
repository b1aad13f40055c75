package io.hark.format.log;

import io.hark.event.LogDraft;
import org.jspecify.annotations.Nullable;

/// One line of a log as parsers see it: the text, its envelope, and what several of them would ask
/// for (JSON, CEF, LEEF), read once and only if somebody asks.
///
/// *Thread*: one owner. *Lifetime*: as long as the line is being read.
public final class LogLine {

    private final String text;
    private final Stamps stamps;
    private final SyslogHeader header;
    private final Heading heading;
    private @Nullable Pairs json;
    private boolean askedJson;
    private @Nullable Cef cef;
    private boolean askedCef;
    private @Nullable Leef leef;
    private boolean askedLeef;
    private @Nullable Stamp told;

    /// A line, without its end.
    ///
    /// @param stamps how times of this input are read
    public LogLine(String text, Stamps stamps) {
        this(text, stamps, new Heading());
    }

    /// A line of an input that has a heading.
    ///
    /// @param stamps how times of this input are read
    /// @param heading what the input's own comments told of its columns
    public LogLine(String text, Stamps stamps, Heading heading) {
        this.text = text;
        this.stamps = stamps;
        this.heading = heading;
        this.header = SyslogHeader.read(text, stamps);
    }

    /// The whole line.
    public String text() {
        return text;
    }

    /// Its envelope.
    public SyslogHeader header() {
        return header;
    }

    /// What the input's own comments told of its columns.
    public Heading heading() {
        return heading;
    }

    /// What stands behind the envelope.
    public String body() {
        return text.substring(header.body());
    }

    /// What stands behind time and host: the program's tag, where it has one, and the message.
    public String tagged() {
        return text.substring(header.afterHost());
    }

    /// What stands behind the time, for a product that names no host there.
    public String afterStamp() {
        return text.substring(header.afterStamp());
    }

    /// The program that the envelope names; empty if it names none.
    public String app() {
        String app = header.app();
        return app == null ? "" : app;
    }

    /// Whether it has no envelope: neither a priority nor a time in front. What looks like a tag is
    /// part of the message then.
    public boolean isBare() {
        return header.stamp() == null && header.priority() == null;
    }

    /// The message of a line from which an envelope was cut, perhaps: what stands behind the tag,
    /// or the whole line where there is none.
    public String message() {
        return (isBare() ? text : body()).strip();
    }

    /// How times are read here.
    public Stamps stamps() {
        return stamps;
    }

    /// The JSON object that the line is, or its body; null if neither is one.
    public @Nullable Pairs json() {
        if (!askedJson) {
            askedJson = true;
            int brace = text.indexOf('{');
            json = brace < 0 ? null : JsonPairs.read(text.substring(brace));
        }
        return json;
    }

    /// The CEF in the line, or null.
    public @Nullable Cef cef() {
        if (!askedCef) {
            askedCef = true;
            cef = Cef.read(text);
        }
        return cef;
    }

    /// The LEEF in the line, or null.
    public @Nullable Leef leef() {
        if (!askedLeef) {
            askedLeef = true;
            leef = Leef.read(text);
        }
        return leef;
    }

    /// Reads a time into its column; what is none is kept as a field. That of the line itself is
    /// `ts`.
    public void time(String column, @Nullable String value, LogDraft out) {
        Stamp stamp = value == null ? null : stamps.read(value.strip(), 0);
        if (stamp == null) {
            out.more(column, value);
            return;
        }
        if (column.equals("ts")) {
            told = stamp;
        }
        out.time(column, stamp.nanos());
    }

    /// How the time that the line tells is known, in the words of `ts_source`.
    public String tsSource() {
        Stamp stamp = told == null ? header.stamp() : told;
        return stamp == null
                ? "line"
                : stamp.inferredYear()
                        ? "line, year inferred"
                        : stamp.assumedZone() ? "line, zone assumed" : "line";
    }
}
