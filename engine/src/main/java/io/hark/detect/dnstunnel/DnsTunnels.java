package io.hark.detect.dnstunnel;

import io.hark.Distinct;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Dns;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.format.dns.Domain;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds data in DNS: what a client says in the names below one domain, and what it is told in
/// answers that carry free content.
///
/// *What counts*, by client and registered domain: the information in different names (their
/// letters times their entropy), how many names were asked only once, labels too long for people,
/// queries of types that carry free content (TXT, NULL, CNAME, MX, SRV, private ones), and the
/// bytes of their answers.
///
/// *What is a finding.* Up: at least [Floors#names] different names, most asked once, with more
/// information in each than a host's name has. Down: at least [Floors#rich] queries with free
/// content for different names, and [Floors#downBytes] of answers. High where one is ten times its
/// floor, both are met, or a type is used that no program of users asks.
///
/// *What it cannot see.* DNS over TLS or HTTPS; a tunnel spread over many domains; one that asks
/// fewer names between two silences of an hour. Lookups of virus scanners and mail filters put
/// digests into names, too: they look like a tunnel, and are one in form.
public final class DnsTunnels implements Gathering<Names> {

    /// How much is too much.
    ///
    /// @param names different names
    /// @param perName bytes of information in each; `www` has 0, `images-eu-west-1` 6
    /// @param unique share of queries for a new name
    /// @param rich queries with free content
    /// @param downBytes content of their answers
    public record Floors(int names, double perName, double unique, int rich, int downBytes) {

        /// The usual ones.
        public static final Floors USUAL = new Floors(24, 9, 0.6, 12, 1000);
    }

    private static final int LONG_LABEL = 48; // a label has 63 at most, RFC 1035 §2.3.4
    private static final int MAX_NAME = 255;
    private static final int FAR = 10;

    private static final int NXDOMAIN = 3;

    private final Floors floors;

    /// With the usual floors.
    public DnsTunnels() {
        this(Floors.USUAL);
    }

    /// With other floors.
    public DnsTunnels(Floors floors) {
        this.floors = floors;
    }

    @Override
    public String name() {
        return "dns-tunnels";
    }

    @Override
    public String about() {
        return "data in DNS names and answers";
    }

    @Override
    public Class<Names> stateType() {
        return Names.class;
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
        if (!(input instanceof Dns dns) || dns.id().resp_h().isGroupOrNobody()) {
            return;
        }
        String query = dns.query();
        if (query == null
                || query.isEmpty()
                || query.length() > MAX_NAME
                || query.endsWith(".arpa")
                || query.endsWith(".local")
                || query.indexOf('.') < 0
                || query.startsWith("_")) { // service discovery, of the network's own making
            return;
        }
        Domain domain = Domain.of(query);
        if (!domain.below().isEmpty()) {
            sink.add(dns.id().orig_h(), Key.NOBODY, 0, domain.registered());
        }
    }

    /// Types that carry what the answerer likes; addresses, pointers, zones and DNSSEC do not.
    private static boolean isRich(int type) {
        return switch (type) {
            case 1,
                    2,
                    6,
                    12,
                    28,
                    35,
                    41,
                    43,
                    44,
                    46,
                    47,
                    48,
                    50,
                    52,
                    59,
                    60,
                    64,
                    65,
                    252,
                    255,
                    257 ->
                    false;
            default -> true;
        };
    }

    @Override
    public @Nullable Names gather(Key key, Event input, @Nullable Names state) {
        Dns dns = (Dns) input;
        String query = dns.query() == null ? "" : dns.query();
        Names before = state == null ? Names.of(dns.id().resp_h(), dns.id().resp_p()) : state;
        Domain domain = Domain.of(query);
        Distinct names = before.names().with(Distinct.hash(query));
        boolean isNew = names != before.names();
        Integer type = dns.qtype();
        boolean rich = type != null && isRich(type);
        Integer code = dns.rcode();
        return new Names(
                names,
                before.upBytes() + (isNew ? domain.bytes() : 0),
                before.longLabels() + (isNew && domain.longestLabel() > LONG_LABEL ? 1 : 0),
                before.rich() + (rich ? 1 : 0),
                before.downBytes() + (rich ? content(dns.answers()) : 0),
                before.failed() + (code != null && code == NXDOMAIN ? 1 : 0),
                dns.id().resp_h(),
                dns.id().resp_p(),
                before.span().with(dns.ts(), dns.uid()),
                before.said());
    }

    private static long content(@Nullable List<String> answers) {
        long sum = 0;
        for (String answer : answers == null ? List.<String>of() : answers) {
            sum += answer.length();
        }
        return sum;
    }

    @Override
    public Names with(Names state, Said said) {
        return state.with(said);
    }

    private boolean isUp(Names state) {
        return state.names().count() >= floors.names
                && state.perName() >= floors.perName
                && state.unique() >= floors.unique;
    }

    private boolean isDown(Names state) {
        return state.rich() >= floors.rich
                && state.names().count() >= floors.rich
                && state.rich() >= state.span().count() / 2
                && state.unique() >= floors.unique
                && state.downBytes() >= floors.downBytes;
    }

    @Override
    public Optional<Verdict> verdict(Key key, Names state) {
        boolean up = isUp(state);
        boolean down = isDown(state);
        if (!up && !down) {
            return Optional.empty();
        }
        boolean far =
                state.upBytes() >= FAR * floors.names * floors.perName
                        || state.downBytes() >= (long) FAR * floors.downBytes
                        || state.longLabels() >= floors.names;
        boolean mostlyRich = state.rich() >= state.span().count() / 2;
        boolean high = up && (down || mostlyRich || far);
        double confidence =
                0.55 + (mostlyRich ? 0.2 : 0) + (up && down ? 0.1 : 0) + (far ? 0.1 : 0);
        return Optional.of(
                new Verdict(
                        high ? Severity.HIGH : Severity.MEDIUM, confidence, state.span().count()));
    }

    @Override
    public void tell(Key key, Names state, FindingDraft draft) {
        List<String> techniques = new ArrayList<>(List.of("T1071.004", "T1572"));
        if (isUp(state) && state.upBytes() > 10_000) {
            techniques.add("T1048");
        }
        techniques.add("T1132.001");
        draft.title("%s talks in DNS names below %s", key.host(), key.name())
                .why(
                        "%s asked %,d names below %s in %.0f s, %.0f %% of them once; they hold %,.0f"
                                + " bytes of information, %.1f each.",
                        key.host(),
                        state.names().count(),
                        key.name(),
                        state.span().seconds(),
                        100 * state.unique(),
                        state.upBytes(),
                        state.perName())
                .why(
                        "%,d of %,d queries were of types with free content, and their answers"
                                + " brought %,d bytes; %,d names have a label longer than %d.",
                        state.rich(),
                        state.span().count(),
                        state.downBytes(),
                        state.longLabels(),
                        LONG_LABEL)
                .techniques(techniques)
                .between(key.host(), state.resolver(), state.port())
                .host(key.name())
                .next("hark explain DIR --detector dns-tunnels --host " + key.host())
                .next(
                        "hark search DIR 'kind:dns query:*."
                                + key.name().replaceAll("[^a-z0-9.-]", "?")
                                + "'")
                .next("hark host DIR " + key.host());
    }

    @Override
    public List<Fact> numbers(Key key, Names state) {
        return List.of(
                Fact.of("queries", state.span().count()),
                Fact.of("names", state.names().count()),
                Fact.of("names_needed", floors.names),
                Fact.of("bytes_per_name", Math.round(state.perName() * 10) / 10.0),
                Fact.of("bytes_per_name_needed", floors.perName),
                Fact.of("unique", Math.round(state.unique() * 100) / 100.0),
                Fact.of("unique_needed", floors.unique),
                Fact.of("up_bytes", Math.round(state.upBytes())),
                Fact.of("rich_queries", state.rich()),
                Fact.of("rich_queries_needed", floors.rich),
                Fact.of("down_bytes", state.downBytes()),
                Fact.of("down_bytes_needed", floors.downBytes),
                Fact.of("long_labels", state.longLabels()),
                Fact.of("failed", state.failed()));
    }
}
