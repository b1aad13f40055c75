package io.hark.lines;

import io.hark.LineParser;
import io.hark.event.LogDraft;
import io.hark.format.log.LogLine;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Chooses among all line parsers: asks those that have a sign in the line, the one with the
/// longest sign first, general ones last.
///
/// *Thread*: one owner.
final class Parsers {

    private static final Comparator<Offer> LONGEST_FIRST =
            Comparator.<Offer, Boolean>comparing(offer -> offer.parser.isGeneral())
                    .thenComparing(offer -> -offer.sign.length())
                    .thenComparing(offer -> offer.parser.name())
                    .thenComparing(offer -> offer.sign);

    private final List<Offer> offers = new ArrayList<>();
    private final SignIndex index;
    private final BitSet found = new BitSet();
    private final BitSet asked = new BitSet();
    private final Map<LineParser, Long> failures = new HashMap<>();

    /// A sign and whose it is.
    private record Offer(String sign, LineParser parser, int number) {}

    Parsers(List<LineParser> parsers) {
        for (int i = 0; i < parsers.size(); i++) {
            for (String sign : parsers.get(i).signs()) {
                offers.add(new Offer(sign, parsers.get(i), i));
            }
        }
        offers.sort(LONGEST_FIRST);
        index = new SignIndex(offers.stream().map(Offer::sign).toList());
    }

    /// Reads the line into `out`; answers the parser whose line it is, or null.
    @Nullable LineParser read(LogLine line, LogDraft out) {
        found.clear();
        asked.clear();
        index.find(line.text(), found);
        for (int i = found.nextSetBit(0); i >= 0; i = found.nextSetBit(i + 1)) {
            Offer offer = offers.get(i);
            if (asked.get(offer.number)) {
                continue;
            }
            asked.set(offer.number);
            out.clear();
            if (reads(offer.parser, line, out)) {
                return offer.parser;
            }
        }
        out.clear();
        return null;
    }

    /// A parser that fails costs its line, not the input.
    private boolean reads(LineParser parser, LogLine line, LogDraft out) {
        try {
            return parser.read(line, out);
        } catch (RuntimeException e) { // our own error: told once a parser, counted
            if (failures.merge(parser, 1L, Long::sum) == 1) {
                System.getLogger(Parsers.class.getName())
                        .log(System.Logger.Level.ERROR, parser.name() + " failed on a line", e);
            }
            return false;
        }
    }

    /// How often a parser failed on a line: a bug each.
    long failures() {
        return failures.values().stream().mapToLong(Long::longValue).sum();
    }
}
