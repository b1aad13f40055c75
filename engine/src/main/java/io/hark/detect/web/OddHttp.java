package io.hark.detect.web;

import io.hark.Detector;
import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.Span;
import io.hark.engagement.Engaged;
import io.hark.engagement.Engagement;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Http;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Finds programs that speak HTTP to the outside as no browser and no ordinary program does, though
/// they may say they are one: it counts signs, each of which alone is everyday.
///
/// Medium from [Floors#medium] signs on, of which one has to be that it passes for a browser (which
/// counts twice: the others are carelessness, this one is a purpose), or that the server has no
/// name. Programs that are badly made look the same.
///
/// *What it needs*: HTTP in the clear, the names of its headers. *What it cannot see.* What is
/// inside TLS; implants that send all that a browser does. *Source*: RFC 9110 for what the headers
/// are for; that browsers send `Accept`, `Accept-Encoding` and `Accept-Language` with every request
/// was seen of all that are current.
public final class OddHttp implements Gathering<OddHttp.Requests>, Engaged {

    /// What is odd in one host's requests to one server.
    ///
    /// @param signs in words, each once
    /// @param host the name it was called by
    /// @param up bytes of bodies sent
    /// @param down bytes of bodies received
    public record Requests(
            List<String> signs, String host, long up, long down, Span span, Said said)
            implements Gathered {}

    /// How many signs are enough.
    ///
    /// @param low worth knowing
    /// @param medium too many for an ordinary program
    /// @param body bytes of a body that is something sent
    public record Floors(int low, int medium, long body) {

        /// The usual ones.
        public static final Floors USUAL = new Floors(2, 3, 400);
    }

    private static final String BROWSER = "it says it is a browser, and sends no such headers";
    private static final String NAMELESS = "the server was called by its bare address";
    private static final String NO_AGENT = "it does not say what it is";
    private static final String SENT = "it sends more in a body than it gets";
    private static final String ENCODED = "its target holds encoded values";
    private static final String PORT = "the port is not for HTTP";

    /// What the agents of browsers have in them.
    private static final List<String> BROWSERS =
            List.of("Firefox/", "Chrome/", "Safari/", "Trident/", "MSIE ");

    private static final int MAX_TARGET = 4096; // characters of a target that are looked at
    private static final int LONG_WORD = 32; // a value of hex or Base64: more than a serial number

    private static final Set<Integer> WEB = Set.of(80, 443, 3128, 8000, 8008, 8080, 8888);

    private final Floors floors;
    private final Engagement engagement;

    /// With the usual floors, in no declared environment.
    public OddHttp() {
        this(Floors.USUAL, Engagement.NONE);
    }

    private OddHttp(Floors floors, Engagement engagement) {
        this.floors = floors;
        this.engagement = engagement;
    }

    @Override
    public Detector<?> within(Engagement engagement) {
        return new OddHttp(floors, engagement);
    }

    @Override
    public String name() {
        return "odd-http";
    }

    @Override
    public String about() {
        return "HTTP to the outside as no browser and no ordinary program speaks it";
    }

    @Override
    public Class<Requests> stateType() {
        return Requests.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Http.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofHours(6);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof Http http
                && http.method() != null
                && http.client_header_names() != null
                && !"CONNECT".equals(http.method())
                && !engagement.isLocal(http.id().resp_h())
                && !http.id().resp_h().isGroupOrNobody()
                && !engagement.isAllowed(
                        http.id().orig_h(), http.id().resp_h(), http.id().resp_p(), "http")) {
            sink.add(http.id().orig_h(), http.id().resp_h(), http.id().resp_p(), "http");
        }
    }

    @Override
    public @Nullable Requests gather(Key key, Event input, @Nullable Requests state) {
        Http http = (Http) input;
        Collection<String> signs = new TreeSet<>(state == null ? List.of() : state.signs);
        signs.addAll(signs(http));
        String host = http.host();
        return new Requests(
                List.copyOf(signs),
                host == null ? state == null ? "" : state.host : host,
                (state == null ? 0 : state.up) + http.request_body_len(),
                (state == null ? 0 : state.down) + http.response_body_len(),
                (state == null ? Span.NONE : state.span).with(http.ts(), http.uid()),
                state == null ? Said.NOTHING : state.said);
    }

    private List<String> signs(Http http) {
        List<String> signs = new ArrayList<>();
        String agent = http.user_agent();
        if (agent == null || agent.isBlank()) {
            signs.add(NO_AGENT);
        } else if (isBrowser(agent) && !hasHeadersOfBrowsers(http)) {
            signs.add(BROWSER);
        }
        String host = http.host();
        if (host == null || Addr.parse(withoutPort(host)) != null) {
            signs.add(NAMELESS);
        }
        if (http.request_body_len() >= floors.body
                && http.request_body_len() > http.response_body_len()) {
            signs.add(SENT);
        }
        String uri = http.uri();
        if (uri != null && hasEncoded(uri)) {
            signs.add(ENCODED);
        }
        if (!WEB.contains(http.id().resp_p())) {
            signs.add(PORT);
        }
        return signs;
    }

    private static boolean isBrowser(String agent) {
        return agent.startsWith("Mozilla/5.0 (") && BROWSERS.stream().anyMatch(agent::contains);
    }

    /// Whether a query has a value that is one long word of letters and digits.
    private static boolean hasEncoded(String uri) {
        int end = Math.min(MAX_TARGET, uri.length());
        int query = uri.indexOf('?');
        int word = 0;
        boolean digits = false;
        boolean letters = false;
        for (int i = query < 0 ? end : query; i < end; i++) {
            char c = uri.charAt(i);
            boolean isDigit = c >= '0' && c <= '9';
            boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            word = isDigit || isLetter || c == '+' || c == '/' ? word + 1 : 0;
            digits = word > 0 && (digits || isDigit);
            letters = word > 0 && (letters || isLetter);
            if (word >= LONG_WORD && digits && letters) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasHeadersOfBrowsers(Http http) {
        List<String> names = http.client_header_names();
        return names == null
                || names.contains("ACCEPT")
                        && (names.contains("ACCEPT-LANGUAGE") || names.contains("ACCEPT-ENCODING"));
    }

    private static String withoutPort(String host) {
        int colon = host.indexOf(':');
        return colon > 0 && colon == host.lastIndexOf(':') ? host.substring(0, colon) : host;
    }

    @Override
    public Requests with(Requests state, Said said) {
        return new Requests(state.signs, state.host, state.up, state.down, state.span, said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Requests state) {
        boolean lies = state.signs.contains(BROWSER);
        int signs = state.signs.size();
        int points = signs + (lies ? 1 : 0); // the others are carelessness, this one is a purpose
        boolean isMedium =
                points >= floors.medium
                        && signs >= floors.low
                        && (lies || state.signs.contains(NAMELESS));
        boolean isLow = signs >= floors.low && (lies || state.signs.contains(NO_AGENT));
        if (!isMedium && !isLow) {
            return Optional.empty(); // many fetch parts of films by address and a long token
        }
        return Optional.of(
                new Verdict(
                        isMedium ? Severity.MEDIUM : Severity.LOW,
                        Math.min(0.8, 0.2 + 0.12 * points),
                        state.span.count()));
    }

    @Override
    public void tell(Key key, Requests state, FindingDraft draft) {
        List<String> techniques = new ArrayList<>(List.of("T1071.001"));
        if (state.signs.contains(BROWSER)) {
            techniques.add("T1001.003");
        }
        if (state.signs.contains(ENCODED)) {
            techniques.add("T1132");
        }
        if (state.signs.contains(SENT)) {
            techniques.add("T1041");
        }
        boolean named = !state.host.isEmpty() && Addr.parse(withoutPort(state.host)) == null;
        draft.title(
                        "%s speaks HTTP to %s as no ordinary program does",
                        key.host(), named ? state.host : key.peer())
                .why(
                        "In %,d requests: %s. Bodies of %,d bytes were sent, %,d received.",
                        state.span.count(), String.join("; ", state.signs), state.up, state.down)
                .techniques(techniques)
                .between(key.host(), key.peer(), key.port())
                .host(named ? state.host : null);
    }

    @Override
    public List<Fact> numbers(Key key, Requests state) {
        return List.of(
                Fact.of("signs", state.signs.size()),
                Fact.of("signs_needed", floors.low),
                Fact.of("signs_text", String.join("; ", state.signs)),
                Fact.of("requests", state.span.count()),
                Fact.of("up_bytes", state.up),
                Fact.of("down_bytes", state.down));
    }
}
