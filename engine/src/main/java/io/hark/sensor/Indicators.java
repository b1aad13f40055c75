package io.hark.sensor;

import io.hark.bytes.Csv;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.FileSeen;
import io.hark.event.Finding;
import io.hark.event.Message;
import io.hark.event.Ssl;
import io.hark.schema.Addr;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What others may look for: addresses and names that findings and conversations are about, digests
/// of the files and fingerprints of the TLS between those hosts; `indicators.csv`.
///
/// *Bounds*: what went between two hosts is kept of [#MAX_PAIRS] pairs, [#MAX_OF_PAIR] things each;
/// [#MAX_ROWS] rows are written. What comes beyond is not in the file.
///
/// *Thread*: the merge's.
final class Indicators {

    /// Pairs with files or TLS: a day of a site of a few hundred hosts. 16 MB, full.
    static final int MAX_PAIRS = 1 << 15;

    /// Files and fingerprints of one pair: what is special between two hosts is not many.
    static final int MAX_OF_PAIR = 32;

    /// Rows of the file: beyond it nobody loads it into anything.
    static final int MAX_ROWS = 100_000;

    private static final List<String> HEAD =
            List.of("indicator", "type", "first", "last", "count", "context");

    private static final Pattern DOMAIN =
            Pattern.compile("(\\*\\.)?[a-z0-9_-]{1,63}(\\.[a-z0-9_-]{1,63}){1,126}");

    private record Pair(Addr orig, Addr resp) {}

    private record What(String type, String value) {}

    /// When it was seen, and how often.
    private static final class Span {
        private long first = Long.MAX_VALUE;
        private long last = Long.MIN_VALUE;
        private long count;
        private String context = "";

        void add(long from, long until, long times, String why) {
            first = Math.min(first, from);
            last = Math.max(last, until);
            count += times;
            if (context.isEmpty()) {
                context = why;
            }
        }
    }

    /// What makes a pair of hosts worth telling.
    private record Flag(String context, @Nullable String name, long first, long last) {}

    private final Map<Pair, Map<What, Span>> pairs = new HashMap<>();
    private final Map<Pair, Flag> flagged = new HashMap<>();

    /// Learns from any event.
    void event(Event event, Names names) {
        switch (event) {
            case Ssl ssl -> {
                note(ssl.id(), "ja3", ssl.ja3(), ssl.ts());
                note(ssl.id(), "ja4", ssl.ja4(), ssl.ts());
                note(ssl.id(), "ja3s", ssl.ja3s(), ssl.ts());
            }
            case FileSeen file when isWorthLookingFor(file) -> {
                note(file.id(), "sha256", file.sha256(), file.ts());
                note(file.id(), "sha1", file.sha1(), file.ts());
                note(file.id(), "md5", file.md5(), file.ts());
            }
            case Finding finding -> finding(finding);
            case Message message -> message(message, names);
            default -> {} // says nothing of what others may look for
        }
    }

    /// Bodies of text without a name are what was said, and differ each time.
    private static boolean isWorthLookingFor(FileSeen file) {
        String type = file.mime_type();
        return file.filename() != null || type != null && !type.equals("text/plain");
    }

    private static Pair pair(Endpoints id) {
        return new Pair(id.orig_h(), id.resp_h());
    }

    private void note(Endpoints id, String type, @Nullable String value, long when) {
        if (value == null) {
            return;
        }
        Pair pair = pair(id);
        Map<What, Span> things = pairs.get(pair);
        if (things == null) {
            if (pairs.size() >= MAX_PAIRS) {
                return;
            }
            things = new HashMap<>(4);
            pairs.put(pair, things);
        }
        What what = new What(type, value);
        Span span = things.get(what);
        if (span == null && things.size() < MAX_OF_PAIR) {
            span = new Span();
            things.put(what, span);
        }
        if (span != null) {
            span.add(when, when, 1, "");
        }
    }

    private void finding(Finding finding) {
        if (finding.resp_h().isGroupOrNobody()) {
            return;
        }
        Pair pair = new Pair(finding.orig_h(), finding.resp_h());
        String context =
                "finding "
                        + finding.detector()
                        + " ("
                        + finding.severity().name().toLowerCase(Locale.ROOT)
                        + "): "
                        + finding.title();
        Flag before = flagged.get(pair);
        if (before == null && flagged.size() < MAX_ROWS) {
            flagged.put(pair, new Flag(context, finding.host(), finding.first(), finding.last()));
        } else if (before != null) {
            flagged.put(
                    pair,
                    new Flag(
                            context,
                            finding.host() == null ? before.name : finding.host(),
                            Math.min(before.first, finding.first()),
                            Math.max(before.last, finding.last())));
        }
    }

    private void message(Message message, Names names) {
        Pair pair = pair(message.id());
        Flag before = flagged.get(pair);
        if (before == null && flagged.size() >= MAX_ROWS) {
            return;
        }
        HostName name = names.of(pair.orig, pair.resp, message.ts());
        flagged.put(
                pair,
                new Flag(
                        before == null
                                ? "conversation " + message.family() + " by " + message.decoder()
                                : before.context,
                        before != null && before.name != null
                                ? before.name
                                : name == null ? null : name.text(),
                        before == null ? message.ts() : Math.min(before.first, message.ts()),
                        before == null ? message.ts() : Math.max(before.last, message.ts())));
    }

    /// Whether there is anything to write.
    boolean isEmpty() {
        return flagged.isEmpty();
    }

    /// Writes the file.
    ///
    /// @param summary knows how often hosts had to do with each other
    void write(Path file, Summary summary) throws IOException {
        Map<What, Span> rows =
                new TreeMap<>(Comparator.comparing(What::type).thenComparing(What::value));
        List<Pair> order = new ArrayList<>(flagged.keySet());
        order.sort(Comparator.comparing(Pair::resp).thenComparing(Pair::orig));
        for (Pair pair : order) {
            Flag flag = flagged.get(pair);
            if (flag != null) {
                rows(pair, flag, summary, rows);
            }
        }
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write(Csv.line(HEAD));
            int written = 0;
            for (Map.Entry<What, Span> row : rows.entrySet()) {
                if (written++ == MAX_ROWS) {
                    break;
                }
                Span span = row.getValue();
                out.write(
                        Csv.line(
                                List.of(
                                        row.getKey().value,
                                        row.getKey().type,
                                        time(span.first),
                                        time(span.last),
                                        String.valueOf(span.count),
                                        span.context)));
            }
        }
    }

    private void rows(Pair pair, Flag flag, Summary summary, Map<What, Span> rows) {
        Summary.Pair traffic = summary.pairs().get(new Summary.Hosts(pair.orig, pair.resp));
        long conns = traffic == null ? 1 : traffic.conns;
        row(rows, "ip", pair.resp.toString()).add(flag.first, flag.last, conns, flag.context);
        String name = flag.name == null ? "" : flag.name.toLowerCase(Locale.ROOT);
        if (DOMAIN.matcher(name).matches() && Addr.parse(name) == null) {
            row(rows, "domain", name).add(flag.first, flag.last, conns, flag.context);
        }
        String between = "between " + pair.orig + " and " + pair.resp + "; " + flag.context;
        pairs.getOrDefault(pair, Map.of())
                .forEach(
                        (what, span) ->
                                row(rows, what.type, what.value)
                                        .add(span.first, span.last, span.count, between));
    }

    private static Span row(Map<What, Span> rows, String type, String value) {
        return rows.computeIfAbsent(new What(type, value), _ -> new Span());
    }

    private static String time(long nanos) {
        return Instant.ofEpochSecond(
                        Math.floorDiv(nanos, 1_000_000_000L), Math.floorMod(nanos, 1_000_000_000L))
                .truncatedTo(ChronoUnit.MILLIS)
                .toString();
    }
}
