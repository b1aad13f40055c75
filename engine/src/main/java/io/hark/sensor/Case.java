package io.hark.sensor;

import io.hark.bytes.TextBuffer;
import io.hark.carry.Carried;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding;
import io.hark.lines.LogTally;
import io.hark.packets.PacketArchive;
import io.hark.schema.Kind;
import io.hark.store.Store;
import io.hark.wire.Expectation;
import io.hark.wire.InnerPackets;
import io.hark.wire.Meter;
import io.hark.wire.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What one `analyze` run leaves behind, as it grows: takes what the merge hands on, in order, to
/// the logs, the store, the detectors and the decoders, and their findings and messages back to
/// logs and store.
///
/// This file is long because the order in which logs, store, detectors, decoders and notices see a
/// thing, and are closed, is one agreement; what each does with it stands in its own file.
///
/// *Thread*: the merge's.
final class Case implements Batch.Taker, AutoCloseable {

    private final @Nullable Path dir;
    private final Options options;
    private final Formats formats;
    private final @Nullable Logs logs;
    private final @Nullable Store store;
    private Detecting detecting;
    private final Conversations conversations;
    private final Summary summary = new Summary();
    private final Repeats repeats = new Repeats();
    private final Names names = new Names();
    private final @Nullable KeptFiles files;
    private @Nullable PacketArchive packets;
    private final Inventory inventory;
    private final Survey survey;
    private @Nullable Learned learned; // by the run before, until the first event
    private final Indicators indicators = new Indicators();
    private final Map<Class<?>, long[]> counts = new LinkedHashMap<>();
    private final Gauges gauges = new Gauges("hark", this::said);
    private final TextBuffer row = new TextBuffer(1 << 12);
    private final @Nullable Upkeep upkeep;
    private final Disk disk;
    private boolean isClosed;
    private List<Finding> written = List.of();
    private boolean inside; // a tunnel: what is read is what decoders took out of one
    private long innerShed; // pieces and connections given up in there

    /// @param upkeep when what was said is written while the case grows; null for one that nobody
    ///   looks into before its end
    Case(@Nullable Path dir, Formats formats, Options options, @Nullable Upkeep upkeep) {
        this.dir = dir;
        this.options = options;
        this.upkeep = upkeep;
        this.formats = formats;
        this.logs =
                dir == null || formats.dialects() == 0
                        ? null
                        : new Logs(dir.resolve("logs"), formats);
        this.files = dir == null || !options.files() ? null : new KeptFiles(dir);
        this.disk = dir == null || upkeep == null ? Disk.ENDS : upkeep.disk(dir);
        this.store = store();
        this.inventory = new Inventory(options.local(), repeats, this::said);
        this.survey = new Survey(options.local(), this::said);
        this.detecting = new Detecting(Detecting.all(options), this::said);
        this.conversations =
                new Conversations(
                        Analysis.decoders(options), options.keyring(), dir, names, this::said);
    }

    private @Nullable Store store() {
        if (dir == null || !options.store()) {
            return null;
        }
        return upkeep == null ? new Store(dir) : upkeep.store(dir);
    }

    /// What keeps files, if that was asked for.
    @Nullable KeptFiles files() {
        return files;
    }

    /// What counts the lines of logs.
    LogTally logs() {
        return summary.logs();
    }

    /// What keeps frames, if that was asked for.
    Pipeline.@Nullable Keeping packets() {
        PacketArchive archive = packets;
        return archive == null ? null : chunk -> disk.write(() -> archive.add(chunk));
    }

    /// Makes the files that are there even if nothing happens.
    void begin() throws IOException {
        Options.PacketKeeping keeping = options.packets();
        if (dir != null && keeping != null) {
            packets =
                    new PacketArchive(
                            dir.resolve(Evidence.PACKETS), keeping.isPacked(), keeping.room());
        }
        if (logs != null) {
            logs.begin();
        }
        if (dir != null && upkeep != null && upkeep.keepsLearned()) {
            learned = Learned.read(dir).orElse(null);
        }
    }

    /// Goes on with what the run before learned.
    private void recall(Learned before, long nanos) {
        learned = null;
        if (before.isBefore(nanos)) {
            restore(before.state());
        }
    }

    private void keepLearned() {
        if (dir != null && upkeep != null && upkeep.keepsLearned()) {
            LakeState state = new LakeState(detecting.save(), survey.save(), List.of());
            disk.write(() -> new Learned(detecting.heard(), state).write(dir));
        }
    }

    // ---- what the workers said

    @Override
    public @Nullable Event told(Event event) {
        if (!repeats.isNew(event)) {
            return null;
        }
        Event named = names.told(event);
        return named instanceof FileSeen file && files != null ? kept(files, file) : named;
    }

    private Event kept(KeptFiles files, FileSeen file) {
        try {
            return files.told(file);
        } catch (IOException e) {
            disk.failed(e);
            return file.notExtracted();
        }
    }

    @Override
    public void row(int file, long nanos, byte[] text, int from, int until) {
        Logs to = logs;
        if (to != null) {
            disk.write(() -> to.row(file, nanos, text, from, until));
        }
    }

    @Override
    public void event(Event event) {
        if (Kind.of(event).detailOf() != null) {
            return; // for logs alone
        }
        Learned before = learned;
        if (before != null) {
            recall(before, event.seen());
        }
        gauges.event();
        counts.computeIfAbsent(event.getClass(), _ -> new long[1])[0]++;
        summary.event(event);
        inventory.event(event);
        survey.event(event);
        indicators.event(event, names);
        Store to = store;
        if (to != null) {
            disk.write(() -> to.accept(event));
        }
        detecting.add(event);
    }

    @Override
    public void carried(Carried carried) {
        conversations.add(carried);
    }

    @Override
    public void expectation(Expectation expectation) {}

    @Override
    public void meter(Meter all, boolean last) {
        if (inside) { // what the wire lost is told of the wire
            innerShed += last ? all.shedPieces() + all.shedConnections() : 0;
            return;
        }
        gauges.read(all, last);
        if (all.nanos() != Long.MIN_VALUE) {
            passed(all.nanos());
        }
    }

    /// What was said above the wall, or got its name there: formatted here, as no worker did.
    @Override
    public void said(Event event) {
        if (event instanceof Finding finding) {
            event = named(finding).completeness(summary.completeness(finding));
            options.told().accept((Finding) event);
        }
        for (int dialect = 0; dialect < formats.dialects(); dialect++) {
            var plan = formats.plan(dialect, event);
            if (plan != null) {
                row.clear();
                plan.write(event, 0, row);
                if (row.size() > 0) {
                    row(formats.file(dialect, event), event.seen(), row.array(), 0, row.size());
                }
            }
        }
        event(event);
    }

    private Finding named(Finding finding) {
        if (finding.host() != null) {
            return finding;
        }
        HostName name = names.of(finding.orig_h(), finding.resp_h(), finding.last());
        return name == null ? finding : finding.host(name.text());
    }

    /// Live, silence tells too: decoders and detectors learn that time went by, and what was said
    /// is written.
    void passed(long nanos) {
        Upkeep growing = upkeep;
        if (growing == null) {
            return;
        }
        long watermark = nanos - KeyedRunner.Limits.OFFLINE.lateness().toNanos();
        conversations.passed(watermark);
        detecting.passed(watermark);
        if (dir == null) {
            return;
        }
        if (growing.isTimeToFlush(nanos)) {
            disk.probe();
            if (logs != null) {
                disk.write(logs::flush);
            }
            disk.write(conversations::flush);
            summary.assess(options.local(), options.suppressions());
            disk.write(() -> writeFindings(dir));
        }
        if (store != null && growing.isTimeToRoll(nanos)) {
            disk.write(store::roll);
            keepLearned();
        }
    }

    // ---- texts

    /// Captures are over, what comes now are lines of logs and events that another monitor told:
    /// detectors see them apart, since they happened at the same time.
    void beginTexts() {
        detecting = new Detecting(Detecting.all(options), KeyedRunner.Limits.LOGS, this::said);
    }

    /// Takes an event that no worker of ours told.
    void retold(Event event) {
        Event named = told(event);
        if (named != null) {
            said(named);
        }
    }

    // ---- tunnels

    /// The traffic so far is over. Answers what was in the tunnels among it, in order: the next to
    /// be read into this case; empty if there is nothing.
    ///
    /// Detectors see it apart from what was around it: it happened at the same time, and its
    /// addresses are those of another network.
    List<InnerPackets.Packet> inside() throws IOException {
        List<InnerPackets.Packet> packets = conversations.inside();
        if (!inside) {
            keepLearned(); // before the last words, which are not the last
        }
        detecting.end();
        if (!packets.isEmpty()) {
            inside = true;
            detecting = new Detecting(Detecting.all(options), this::said);
        }
        return packets;
    }

    /// So many packets lay deeper than tunnels are followed.
    void notRead(int packets) {
        innerShed += packets;
    }

    // ---- the end

    /// Conversations have their last word: no other process goes on with them.
    void endConversations() {
        disk.write(conversations::end);
    }

    /// Finishes the files of events; those to come are called by another name.
    void roll(String next) throws IOException {
        if (store != null) {
            store.roll(next);
        }
    }

    /// What detectors know, and what was found, for [#restore].
    LakeState save() {
        return new LakeState(
                detecting.save(),
                survey.save(),
                summary.findings().stream().map(Saved.Waits::of).toList());
    }

    /// Goes on where another one saved its state.
    void restore(LakeState from) {
        from.found().forEach(summary::event);
        detecting.restore(from.detectors());
        survey.restore(from.survey());
    }

    /// The collecting pauses: writes the rest of the case. Detectors have no last word, since they
    /// go on where it is taken up again.
    ///
    /// @param name what the user calls what was collected
    /// @param counters what else was counted
    Outcome pause(String name, Map<String, Long> counters, long nanos) throws IOException {
        close();
        summary.assess(options.local(), options.suppressions());
        Map<String, Long> all = new LinkedHashMap<>(counters);
        all.put("other_findings", summary.otherFindings());
        all.put("suppressed_findings", (long) summary.assessment().suppressed().size());
        all.putAll(summary.logs().counters());
        writeRest();
        return new Outcome(
                name,
                List.of(),
                dir,
                Outcome.Status.OK,
                "",
                nanos / 1e9,
                0,
                0,
                all,
                kinds(),
                summary,
                false); // what comes when is not ours to say
    }

    /// The input is over: gives detectors and decoders their last word and writes the rest of the
    /// case.
    ///
    /// @param pipeline what read the captures
    /// @param texts what read the rest
    Outcome finish(Pipeline pipeline, Inputs inputs, Texts texts, long nanos) throws IOException {
        disk.write(conversations::end);
        detecting.end();
        disk.write(this::close);
        Source source = pipeline.source();
        conversations.closed().forEach(summary::closed);
        summary.assess(options.local(), options.suppressions());
        summary.talks().forEach(talk -> talk.transcript = conversations.transcript(talk.first));
        Map<String, Long> counters = Counters.of(pipeline);
        counters.put("missed_bytes", summary.missedBytes());
        counters.put("other_findings", summary.otherFindings());
        counters.put("suppressed_findings", (long) summary.assessment().suppressed().size());
        if (packets != null) {
            counters.put("packets_kept", packets.frames());
            counters.put("packet_files_deleted", packets.filesDeleted());
            counters.put("packets_unwritten", packets.lost());
        }
        counters.put("events_unwritten", store == null ? 0 : store.lost());
        counters.put("log_rows_unwritten", logs == null ? 0 : logs.lost());
        if (files != null) {
            counters.put("files_kept", files.keptFiles());
            counters.put("files_left_out", files.leftOut());
        }
        counters.put("messages", conversations.counters().messages());
        counters.put("undecoded", conversations.counters().undecoded());
        counters.put("inner_packets", conversations.innerPackets());
        counters.put("inner_shed", innerShed + conversations.innerShed());
        counters.putAll(summary.logs().counters());
        counters.merge("own_errors", texts.failures(), Long::sum);
        long first = Math.min(source.firstNanos(), texts.firstNanos());
        long last = Math.max(source.lastNanos(), texts.lastNanos());
        boolean empty = source.frameCount() == 0 && texts.isEmpty();
        Outcome outcome =
                new Outcome(
                        inputs.name(),
                        inputs.seen(texts.parts()),
                        dir,
                        Outcome.Status.of(inputs.status(texts.parts())),
                        inputs.trouble(texts.parts()),
                        nanos / 1e9,
                        empty ? 0 : first,
                        empty ? 0 : last,
                        counters,
                        kinds(),
                        summary,
                        counters.getOrDefault("shed_pieces", 0L) == 0
                                && counters.getOrDefault("shed_connections", 0L) == 0
                                && innerShed == 0
                                && counters.getOrDefault("early_rollups", 0L) == 0);
        writeRest();
        return outcome;
    }

    private Map<String, Long> kinds() {
        Map<String, Long> kinds = new TreeMap<>();
        counts.forEach((type, n) -> kinds.put(Kind.of(type.asSubclass(Event.class)).name(), n[0]));
        return kinds;
    }

    private void writeRest() throws IOException {
        if (dir != null) {
            writeFindings(dir);
            if (!indicators.isEmpty()) {
                indicators.write(dir.resolve("indicators.csv"), summary);
            }
        }
    }

    private void writeFindings(Path to) throws IOException {
        List<Finding> findings = summary.findings();
        if (findings.equals(written)) {
            return;
        }
        FindingsFile.write(to, findings, summary.assessment(), summary::name);
        written = findings;
    }

    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try (var _ = packets;
                var _ = files;
                var _ = store) { // all of them, whatever becomes of one
            if (logs != null) {
                logs.close();
            }
        }
    }
}
