package io.hark.incident;

import static io.hark.event.Finding.Severity.MEDIUM;

import io.hark.event.Finding;
import io.hark.event.Finding.Severity;
import io.hark.event.FindingDraft;
import io.hark.schema.Addr;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Findings as a test needs them: who did what to whom, at which second.
public final class MadeFinding {

    /// The second from which tests count.
    private static final long START = 1_800_000_000L;

    private final Addr from;
    private final Addr to;
    private final String technique;
    private String detector = "made";
    private Severity severity = MEDIUM;
    private double confidence = 0.5;
    private long second;
    private List<String> uids = List.of();
    private @Nullable String host;

    private MadeFinding(String from, String to, String technique) {
        this.from = Objects.requireNonNull(Addr.parse(from));
        this.to = Objects.requireNonNull(Addr.parse(to));
        this.technique = technique;
    }

    /// A medium finding of confidence 0.5 at second 0.
    public static MadeFinding of(String from, String to, String technique) {
        return new MadeFinding(from, to, technique);
    }

    /// Which detector said it.
    public MadeFinding by(String name) {
        detector = name;
        return this;
    }

    /// How bad, how sure.
    public MadeFinding weight(Severity how, double sure) {
        severity = how;
        confidence = sure;
        return this;
    }

    /// When.
    public MadeFinding at(long seconds) {
        second = seconds;
        return this;
    }

    /// In which connections.
    public MadeFinding in(String... connections) {
        uids = List.of(connections);
        return this;
    }

    /// By which name the second host was called.
    public MadeFinding called(String name) {
        host = name;
        return this;
    }

    /// The finding; its id tells its words.
    public Finding made() {
        long at = (START + second) * 1_000_000_000L;
        String id = detector + ' ' + from + ' ' + to + ' ' + technique + ' ' + second;
        return new FindingDraft(detector, id, at, 1)
                .title("%s: %s at %s", technique, from, to)
                .weight(severity, confidence)
                .techniques(technique)
                .between(from, to, null)
                .host(host)
                .during(at, at)
                .uids(uids)
                .build();
    }
}
