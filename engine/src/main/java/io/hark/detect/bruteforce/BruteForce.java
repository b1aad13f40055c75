package io.hark.detect.bruteforce;

import io.hark.Gathering;
import io.hark.Key;
import io.hark.Said;
import io.hark.event.Conn;
import io.hark.event.Endpoints;
import io.hark.event.Event;
import io.hark.event.Fact;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.event.Http;
import io.hark.event.LogEvent;
import io.hark.event.Login;
import io.hark.event.OfConnection;
import io.hark.event.Rfb;
import io.hark.event.Ssh;
import io.hark.schema.Addr;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds who guesses passwords: many refused logins at one service, or, where the service does not
/// say how a login went, many short connections that all end alike.
///
/// *What counts.* Refused logins of SSH (guessed by lengths), Telnet and its kin, VNC, and HTTP's
/// 401. For FTP, SSH, mail, RDP, VNC and databases also each connection that was answered, lasted
/// less than half a minute and carried less than 8 KB: an attempt. Attempts whose answers have one
/// length come from one program doing one thing; a person's differ.
///
/// *Logs* tell more: lines of servers, VPN gateways and Windows (4625) that say who was refused or
/// let in from which address, and web servers' 401. Their logins are counted by (source, device and
/// program), apart from what the wire shows.
///
/// *What it cannot see.* Guesses spread over many sources or many hours; a program that tries many
/// passwords in one connection of a protocol whose replies are encrypted.
public final class BruteForce implements Gathering<Attempts> {

    /// What is too much.
    ///
    /// @param refused refused logins; people mistype three times, a program with an old password
    ///   tries a few times an hour
    /// @param attempts short connections of one kind
    /// @param perMinute attempts a minute at least: programs that poll mail come every few minutes
    /// @param alikeShare share of them whose answers have one length
    /// @param talkShare share of other connections there may be: a program that works does both
    public record Floors(
            int refused, int attempts, double perMinute, double alikeShare, double talkShare) {

        /// The usual ones; Zeek's scripts take 20 (FTP) and 30 (SSH) in a quarter or half an hour.
        public static final Floors USUAL = new Floors(10, 20, 4, 0.8, 0.2);
    }

    private static final Set<String> LOGINS =
            Set.of(
                    "ftp",
                    "ssh",
                    "smtp",
                    "pop3",
                    "imap",
                    "rdp",
                    "rfb",
                    "mysql",
                    "postgresql",
                    "telnet",
                    "ms-sql");
    private static final long SHORT_NANOS = 30_000_000_000L;
    private static final long SMALL_BYTES = 8192;
    private static final int UNAUTHORIZED = 401; // RFC 9110 §15.5.2
    private static final int FORBIDDEN_FROM = 400;

    private final Floors floors;

    /// With the usual floors.
    public BruteForce() {
        this(Floors.USUAL);
    }

    /// With other floors.
    public BruteForce(Floors floors) {
        this.floors = floors;
    }

    @Override
    public String name() {
        return "brute-force";
    }

    @Override
    public String about() {
        return "many refused logins at one service, or many short ones that end alike";
    }

    @Override
    public Class<Attempts> stateType() {
        return Attempts.class;
    }

    @Override
    public Set<Class<? extends Event>> watches() {
        return Set.of(Conn.class, Ssh.class, Login.class, Rfb.class, Http.class, LogEvent.class);
    }

    @Override
    public Duration silence() {
        return Duration.ofMinutes(30);
    }

    @Override
    public void keys(Event input, Keys sink) {
        if (input instanceof LogEvent line) {
            Addr source = line.source().ip();
            if (source != null && LoggedLogin.of(line) != null) {
                sink.add(source, Key.NOBODY, 0, LoggedLogin.place(line));
            }
            return;
        }
        String service =
                switch (input) {
                    case Conn conn -> loginService(conn);
                    case Ssh ssh -> ssh.auth_success() == null ? null : "ssh";
                    case Login login ->
                            login.success() == null && login.failures() == 0 ? null : "telnet";
                    case Rfb rfb -> rfb.auth() == null ? null : "rfb";
                    case Http http -> isLogin(http) ? "http" : null;
                    default -> null;
                };
        if (service != null && input instanceof OfConnection of) {
            Endpoints id = of.id();
            sink.add(id.orig_h(), id.resp_h(), id.resp_p(), service);
        }
    }

    private static @Nullable String loginService(Conn conn) {
        String services = conn.service();
        if (services == null || conn.respPayload() == 0) {
            return null;
        }
        for (String service : services.split(",")) {
            if (LOGINS.contains(service)) {
                return service;
            }
        }
        return null;
    }

    /// Credentials in a header that were refused, or were let in after refusals.
    private static boolean isLogin(Http http) {
        Integer status = http.status_code();
        return http.username() != null && status != null
                || status != null && status == UNAUTHORIZED;
    }

    @Override
    public @Nullable Attempts gather(Key key, Event input, @Nullable Attempts state) {
        Attempts before = state == null ? Attempts.NONE : state;
        if (input instanceof LogEvent line) {
            boolean in = LoggedLogin.of(line) == LoggedLogin.ACCEPTED;
            return before.login(in ? 0 : 1, in, before.span().with(line.ts(), ""));
        }
        if (input instanceof Conn conn) {
            Long lasted = conn.duration();
            boolean small =
                    lasted != null
                            && lasted < SHORT_NANOS
                            && conn.origPayload() + conn.respPayload() < SMALL_BYTES;
            return small
                    ? before.attempt(conn.respPayload(), before.span().with(conn.ts(), conn.uid()))
                    : before.talk();
        }
        return switch (input) {
            case Ssh ssh -> {
                boolean in = Boolean.TRUE.equals(ssh.auth_success());
                int tries = Math.max(1, ssh.auth_attempts());
                yield login(before, ssh, in ? Math.max(0, tries - 1) : tries, in);
            }
            case Login login ->
                    login(before, login, login.failures(), Boolean.TRUE.equals(login.success()));
            case Rfb rfb -> {
                boolean in = Boolean.TRUE.equals(rfb.auth());
                yield login(before, rfb, in ? 0 : 1, in);
            }
            case Http http -> {
                Integer status = http.status_code();
                boolean in = status != null && status < FORBIDDEN_FROM;
                yield login(before, http, in ? 0 : 1, in);
            }
            default -> state;
        };
    }

    private static Attempts login(Attempts before, OfConnection of, int refused, boolean in) {
        return before.login(refused, in, before.span().with(of.ts(), of.uid()));
    }

    @Override
    public Attempts with(Attempts state, Said said) {
        return state.with(said);
    }

    @Override
    public Optional<Verdict> verdict(Key key, Attempts state) {
        if (state.refused() >= floors.refused && state.refused() > 4 * state.accepted()) {
            return Optional.of(
                    new Verdict(
                            state.accepted() > 0 ? Severity.HIGH : Severity.MEDIUM,
                            Math.min(0.95, 0.6 + state.refused() / 100.0),
                            state.refused()));
        }
        double alike = (double) state.alike() / Math.max(1, state.answers().length);
        if (state.answers().length >= floors.attempts
                && alike >= floors.alikeShare
                && perMinute(state) >= floors.perMinute
                && state.talks() <= floors.talkShare * state.answers().length) {
            return Optional.of(new Verdict(Severity.MEDIUM, 0.7 * alike, state.span().count()));
        }
        return Optional.empty();
    }

    private static double perMinute(Attempts state) {
        return state.span().count() * 60 / Math.max(1, state.span().seconds());
    }

    @Override
    public void tell(Key key, Attempts state, FindingDraft draft) {
        boolean refused = state.refused() >= floors.refused;
        boolean logged = key.peer().equals(Key.NOBODY);
        String whom =
                logged
                        ? key.name()
                        : "%s of %s port %d".formatted(key.name(), key.peer(), key.port());
        draft.title("%s tries passwords at %s", key.host(), whom)
                .between(key.host(), key.peer(), logged ? null : (Integer) key.port())
                .techniques(
                        "T1110.001",
                        key.name().startsWith(LoggedLogin.SSH) ? "T1021.004" : "T1110");
        if (refused) {
            draft.why(
                    "%s refused %,d logins of %s in %.0f s and let in %,d.",
                    logged ? whom : key.peer(),
                    state.refused(),
                    key.host(),
                    state.span().seconds(),
                    state.accepted());
            if (state.accepted() > 0) {
                draft.why("Somebody got in: change that password.");
            }
        } else {
            draft.why(
                    "%s made %,d short connections to %s in %.0f s; of the latest %d, %d got answers of one length: one program, doing the same again and again.",
                    key.host(),
                    state.span().count(),
                    key.name(),
                    state.span().seconds(),
                    state.answers().length,
                    state.alike());
        }
    }

    @Override
    public List<Fact> numbers(Key key, Attempts state) {
        return List.of(
                Fact.of("refused", state.refused()),
                Fact.of("refused_needed", floors.refused),
                Fact.of("accepted", state.accepted()),
                Fact.of("attempts", state.answers().length),
                Fact.of("attempts_needed", floors.attempts),
                Fact.of("alike", state.alike()),
                Fact.of("per_minute", Math.round(perMinute(state) * 10) / 10.0),
                Fact.of("per_minute_needed", floors.perMinute),
                Fact.of("other_connections", state.talks()));
    }
}
