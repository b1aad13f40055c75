package io.hark.detect.dga;

import io.hark.Distinct;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds programs that make up domain names until one exists: many registered domains that do not,
/// most of them unpronounceable.
///
/// *What is unpronounceable.* The label that was registered has eight letters and digits or more,
/// and either hardly a vowel (less than one in five letters), or five consonants in a row, or
/// letters and digits mixed in three places.
///
/// *What it cannot see.* Names made of words; a generator whose first names exist; answers of
/// resolvers that put an advertisement where no name is.
public final class MadeUpNames implements Gathering<MadeUpNames.Tries> {

    /// The domains a client asked for that do not exist.
    ///
    /// @param names different ones
    /// @param odd unpronounceable ones among them
    /// @param example the latest of these
    /// @param resolver who was asked
    public record Tries(
            Distinct names, Distinct odd, String example, Addr resolver, Span span, Said said)
            implements Gathered {}

    /// How many are too many.
    ///
    /// @param names different domains; people mistype a few a day
    /// @param oddShare share of unpronounceable ones
    /// @param many beyond it nobody mistypes
    public record Floors(int names, double oddShare, int many) {

        /// The usual ones; SLIPS takes 10.
        public static final Floors USUAL = new Floors(12, 0.5, 100);
    }

    private static final int NXDOMAIN = 3;
    private static final int MIN_LENGTH = 8;
    private static final int LONGEST_LABEL = 63; // RFC 1035 §2.3.4
    private static final double MIN_VOWELS = 0.2;
    private static final int CONSONANTS = 5;
    private static final int CHANGES = 3;

    private final Floors floors;

    /// With the usual floors.
    public MadeUpNames() {
        this(Floors.USUAL);
    }

    /// With other floors.
    public MadeUpNames(Floors floors) {
        this.floors = floors;
    }

    @Override
    public String name() {
        return "made-up-names";
    }

    @Override
    public String about() {
        return "many domains that do not exist and that nobody could pronounce";
    }

    @Override
    public Class<Tries> stateType() {
        return Tries.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Dns.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(1);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Dns dns
                && dns.rcode() != null
                && dns.rcode() == NXDOMAIN
                && !registered(dns).isEmpty()) {
            sink.add(dns.id().orig_h(), Key.NOBODY, 0, "nxdomain");
        }
    }

    /// The label before the top-level domain; empty where there is none that somebody registers.
    private static String registered(Dns dns) {
        String query = dns.query();
        if (query == null || query.endsWith(".arpa") || query.endsWith(".local")) {
            return "";
        }
        int last = query.lastIndexOf('.');
        if (last <= 0) {
            return "";
        }
        String label = query.substring(query.lastIndexOf('.', last - 1) + 1, last);
        return label.length() > LONGEST_LABEL || label.startsWith("_") ? "" : label;
    }

    static boolean isUnpronounceable(String label) {
        if (label.length() < MIN_LENGTH || label.indexOf('-') >= 0) {
            return false;
        }
        int vowels = 0;
        int letters = 0;
        int run = 0;
        int longest = 0;
        int changes = 0;
        boolean digitBefore = Character.isDigit(label.charAt(0));
        for (int i = 0; i < label.length(); i++) {
            char c = label.charAt(i);
            boolean digit = Character.isDigit(c);
            changes += digit == digitBefore ? 0 : 1;
            digitBefore = digit;
            if (digit) {
                run = 0;
                continue;
            }
            letters++;
            boolean vowel = "aeiouy".indexOf(c) >= 0;
            vowels += vowel ? 1 : 0;
            run = vowel ? 0 : run + 1;
            longest = Math.max(longest, run);
        }
        return letters > 0 && vowels < MIN_VOWELS * letters
                || longest >= CONSONANTS
                || changes >= CHANGES;
    }

    @Override
    public @Nullable Tries gather(Key key, Event input, @Nullable Tries state) {
        Dns dns = (Dns) input;
        String label = registered(dns);
        boolean odd = isUnpronounceable(label);
        Distinct names = state == null ? Distinct.NONE : state.names();
        Distinct oddNames = state == null ? Distinct.NONE : state.odd();
        long hash = Distinct.hash(label);
        return new Tries(
                names.with(hash),
                odd ? oddNames.with(hash) : oddNames,
                odd ? label : state == null ? "" : state.example(),
                dns.id().resp_h(),
                (state == null ? Span.NONE : state.span()).with(dns.ts(), dns.uid()),
                state == null ? Said.NOTHING : state.said());
    }

    @Override
    public Tries with(Tries state, Said said) {
        return new Tries(
                state.names(), state.odd(), state.example(), state.resolver(), state.span(), said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Tries state) {
        long names = state.names().count();
        long odd = state.odd().count();
        if (odd < floors.names || odd < floors.oddShare * names) {
            return Optional.empty();
        }
        return Optional.of(
                new Verdict(
                        odd >= floors.many ? Severity.HIGH : Severity.MEDIUM,
                        Math.min(0.9, 0.4 + 0.4 * odd / names + odd / 500.0),
                        odd));
    }

    @Override
    public void tell(Key key, Tries state, FindingDraft draft) {
        draft.title("%s asks for names that a program made up", key.host())
                .why(
                        "%,d different domains did not exist within %.0f s; %,d of them nobody could"
                                + " pronounce, such as %s.",
                        state.names().count(),
                        state.span().seconds(),
                        state.odd().count(),
                        state.example())
                .techniques("T1568.002", "T1071.004")
                .between(key.host(), state.resolver(), null)
                .next("hark explain DIR --detector made-up-names --host " + key.host())
                .next("hark search DIR 'kind:dns rcode_name:NXDOMAIN'")
                .next("hark host DIR " + key.host());
    }

    @Override
    public List<Fact> numbers(Key key, Tries state) {
        return List.of(
                Fact.of("names", state.names().count()),
                Fact.of("unpronounceable", state.odd().count()),
                Fact.of("unpronounceable_needed", floors.names),
                Fact.of("queries", state.span().count()),
                Fact.of("example", state.example()));
    }
}
